WITH _1 AS (
SELECT 3::BIGINT AS "n" FROM (SELECT 1)
),
_2 AS (
SELECT 'three' AS "w" FROM (SELECT 1)
),
_3 AS (
SELECT * FROM _1 WHERE coalesce(coalesce(("n" = 3::BIGINT), false), false)
),
_4 AS (
SELECT * FROM _2 WHERE false
),
_5 AS (
SELECT 'Numbers' AS "$table", "n", '' AS "w" FROM _3
UNION ALL
SELECT 'Words' AS "$table", NULL::BIGINT AS "n", "w" FROM _4
),
_6 AS (
SELECT "n", "w" FROM _5
)
SELECT "n", "w" FROM _6
