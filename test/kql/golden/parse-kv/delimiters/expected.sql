WITH _1 AS (
SELECT 'a:1,b:two' AS "s" FROM (SELECT 1)
),
_3 AS (
SELECT *, CAST(kql_js_parse_kv("s", '{"pair":",","keyValue":":","quotes":[],"escapes":[],"greedy":false,"keys":["a","b"]}') AS JSON) AS _kv2 FROM _1
),
_4 AS (
SELECT "s", (kql_long_of_text(coalesce(json_extract_string(_kv2, '$."a"'), ''))) AS "a", coalesce(json_extract_string(_kv2, '$."b"'), '') AS "b" FROM _3
),
_5 AS (
SELECT "a", "b" FROM _4
)
SELECT "a", "b" FROM _5
