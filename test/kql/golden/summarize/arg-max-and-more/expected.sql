WITH _1 AS (
SELECT * FROM (VALUES ('a', 1::BIGINT, 'p'), ('a', 2::BIGINT, 'q')) AS _t("g", "x", "v")
),
_3 AS (
SELECT *, row_number() OVER () AS _n2 FROM _1
),
_4 AS (
SELECT "g", max("x") AS "x", coalesce((CASE WHEN count("x") = 0 THEN first("v") ELSE arg_max_null("v", "x") END), '') AS "v", count(*) AS "n" FROM _3 GROUP BY 1 ORDER BY min(_n2)
)
SELECT "g", "x", "v", "n" FROM _4
