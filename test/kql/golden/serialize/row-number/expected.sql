WITH _1 AS (
SELECT * FROM (VALUES ('b'), ('a')) AS _t("x")
),
_2 AS (
SELECT * FROM _1 ORDER BY "x" ASC NULLS FIRST
),
_4 AS (
SELECT *, row_number() OVER (ROWS UNBOUNDED PRECEDING) AS _w3 FROM _2
),
_5 AS (
SELECT "x", _w3 AS "n" FROM _4
)
SELECT "x", "n" FROM _5
