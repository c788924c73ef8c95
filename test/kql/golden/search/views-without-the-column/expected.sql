WITH _1 AS (
SELECT 3::BIGINT AS "n" FROM (SELECT 1)
),
_3 AS (
SELECT * FROM _1 WHERE coalesce(coalesce(("n" = 3::BIGINT), false), false)
),
_4 AS (
SELECT 'Numbers' AS "$table", "n" FROM _3
)
SELECT "$table", "n" FROM _4
