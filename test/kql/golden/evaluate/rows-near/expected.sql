WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 1::BIGINT AS v FROM range(0, least(greatest((5::BIGINT - 1::BIGINT) // 1::BIGINT + 1, 0), 100000000)) AS t(i))
),
_3 AS (
SELECT *, bool_or(coalesce(("x" = 3::BIGINT), false)) OVER (ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS _f2 FROM _1
),
_4 AS (
SELECT "x" FROM _3 WHERE _f2
)
SELECT "x" FROM _4
