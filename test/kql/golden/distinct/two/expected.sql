WITH _1 AS (
SELECT * FROM (VALUES ('x', 1::BIGINT), ('x', 1::BIGINT), ('y', 1::BIGINT)) AS _t("a", "b")
),
_2 AS (
SELECT DISTINCT "a", "b" FROM _1
),
_3 AS (
SELECT * FROM _2 ORDER BY "a" ASC NULLS FIRST
)
SELECT "a", "b" FROM _3
