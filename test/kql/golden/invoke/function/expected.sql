WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 1::BIGINT AS v FROM range(0, least(greatest((3::BIGINT - 1::BIGINT) // 1::BIGINT + 1, 0), 100000000)) AS t(i))
),
_2 AS (
SELECT * FROM _1 WHERE ("x" > 2::BIGINT)
)
SELECT "x" FROM _2
