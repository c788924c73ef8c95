WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 1::BIGINT AS v FROM range(0, least(greatest((15::BIGINT - 1::BIGINT) // 1::BIGINT + 1, 0), 100000000)) AS t(i))
),
_3 AS (
SELECT *, row_number() OVER () AS _n2 FROM _1
),
_4 AS (
SELECT (kql_bin_at_long("x", 10::BIGINT, 3::BIGINT)) AS "x", count(*) AS "n" FROM _3 GROUP BY 1 ORDER BY min(_n2)
),
_5 AS (
SELECT * FROM _4 ORDER BY "x" ASC NULLS FIRST
)
SELECT "x", "n" FROM _5
