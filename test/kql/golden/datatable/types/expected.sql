WITH _1 AS (
SELECT * FROM (VALUES (1::BIGINT, (1.5)::DOUBLE, true, 36000000000::BIGINT)) AS _t("a", "b", "c", "d")
)
SELECT "a", "b", "c", "d" FROM _1
