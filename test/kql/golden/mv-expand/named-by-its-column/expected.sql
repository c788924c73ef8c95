WITH _1 AS (
SELECT 'a' AS "Name", '[{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}]' AS "Addresses" FROM (SELECT 1)
),
_5 AS (
SELECT *, (CASE json_type((kql_parse_json("Addresses"))) WHEN 'ARRAY' THEN json_extract((kql_parse_json("Addresses")), '$[*]') WHEN 'OBJECT' THEN list_transform(json_keys((kql_parse_json("Addresses"))), lambda _k: CAST(json_object(_k, json_extract((kql_parse_json("Addresses")), '/' || replace(replace(_k, '~', '~0'), '/', '~1'))) AS JSON)) ELSE [CAST((kql_parse_json("Addresses")) AS JSON)] END) AS _l4 FROM _1
),
_6 AS (
SELECT * EXCLUDE (_l4), unnest(_l4) AS _e2 FROM _5
),
_7 AS (
SELECT "Name", (CASE WHEN json_type(_e2) = 'NULL' THEN NULL ELSE _e2 END) AS "Addresses" FROM _6
),
_8 AS (
SELECT "Name", coalesce(json_extract_string("Addresses", '$."ip"'), '') AS "ip" FROM _7
)
SELECT "Name", "ip" FROM _8
