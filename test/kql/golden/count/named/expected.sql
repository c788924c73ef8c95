WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 1::BIGINT AS v FROM range(0, least(greatest((3::BIGINT - 1::BIGINT) // 1::BIGINT + 1, 0), 100000000)) AS t(i))
),
_2 AS (
SELECT count(*) AS "Count" FROM _1
)
SELECT "Count" FROM _2
