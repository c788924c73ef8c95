WITH _1 AS (
SELECT '{"b":2,"a":"x"}'::JSON AS "d" FROM (SELECT 1)
),
_2 AS (
SELECT coalesce(json_extract_string(json_extract("d", '/a'), '$'), '') AS "a", (kql_long_of_json(json_extract("d", '/b'))) AS "b" FROM _1
)
SELECT "a", "b" FROM _2
