WITH _1 AS (
SELECT 1::BIGINT AS "print_0", 'a' AS "s" FROM (SELECT 1)
)
SELECT "print_0", "s" FROM _1
