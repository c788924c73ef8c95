WITH _1 AS (
SELECT 1::BIGINT AS "a", 2::BIGINT AS "b", 3::BIGINT AS "c" FROM (SELECT 1)
),
_2 AS (
SELECT "c", "a", "b" FROM _1
)
SELECT "c", "a", "b" FROM _2
