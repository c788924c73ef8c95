WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 2::BIGINT AS v FROM range(0, least(greatest((5::BIGINT - 1::BIGINT) // 2::BIGINT + 1, 0), 100000000)) AS t(i))
)
SELECT "x" FROM _1
