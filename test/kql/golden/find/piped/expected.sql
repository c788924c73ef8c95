WITH _1 AS (
SELECT 1::BIGINT AS "a", 'x' AS "b" FROM (SELECT 1)
),
_2 AS (
SELECT 'T' AS "source_", "b" FROM _1 WHERE ("a" = 1::BIGINT)
)
SELECT "source_", "b" FROM _2
