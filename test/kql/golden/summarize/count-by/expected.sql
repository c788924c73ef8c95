WITH _1 AS (
SELECT * FROM (VALUES ('a', 1::BIGINT), ('b', 2::BIGINT), ('a', 3::BIGINT)) AS _t("g", "x")
),
_3 AS (
SELECT *, row_number() OVER () AS _n2 FROM _1
),
_4 AS (
SELECT "g", count(*) AS "Count", coalesce(kql_wrap(sum("x")), 0) AS "sum_x" FROM _3 GROUP BY 1 ORDER BY min(_n2)
),
_5 AS (
SELECT * FROM _4 ORDER BY "g" ASC NULLS FIRST
)
SELECT "g", "Count", "sum_x" FROM _5
