WITH _1 AS (
SELECT 1::BIGINT AS "a", 2::BIGINT AS "b" FROM (SELECT 1)
),
_2 AS (
SELECT "a" AS "c", "b" FROM _1
)
SELECT "c", "b" FROM _2
