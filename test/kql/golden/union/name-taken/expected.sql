WITH _1 AS (
SELECT 1::BIGINT AS "v" FROM (SELECT 1)
),
_2 AS (
SELECT 'x' AS "v" FROM (SELECT 1)
),
_3 AS (
SELECT 3::BIGINT AS "v_long" FROM (SELECT 1)
),
_4 AS (
SELECT "v" AS "v_long1", '' AS "v_string", NULL::BIGINT AS "v_long" FROM _1
UNION ALL
SELECT NULL::BIGINT AS "v_long1", "v" AS "v_string", NULL::BIGINT AS "v_long" FROM _2
UNION ALL
SELECT NULL::BIGINT AS "v_long1", '' AS "v_string", "v_long" FROM _3
),
_5 AS (
SELECT coalesce(kql_wrap(sum("v_long1")), 0) AS "a", coalesce(max("v_string"), '') AS "b", coalesce(kql_wrap(sum("v_long")), 0) AS "c" FROM _4
)
SELECT "a", "b", "c" FROM _5
