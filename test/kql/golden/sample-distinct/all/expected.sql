WITH _1 AS (
SELECT * FROM (VALUES ('a'), ('a')) AS _t("g")
),
_2 AS (
SELECT DISTINCT "g" FROM _1 LIMIT 5
)
SELECT "g" FROM _2
