WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 1::BIGINT AS v FROM range(0, least(greatest((3::BIGINT - 1::BIGINT) // 1::BIGINT + 1, 0), 100000000)) AS t(i))
),
_2 AS (
SELECT coalesce(round(covar_pop(CAST("x" AS DOUBLE), CAST("x" AS DOUBLE)), 10), 0.0::DOUBLE) AS "covariancep_x_x", count(*) AS "n" FROM _1
),
_3 AS (
SELECT "covariancep_x_x" FROM _2
)
SELECT "covariancep_x_x" FROM _3
