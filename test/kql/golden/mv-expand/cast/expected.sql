WITH _1 AS (
SELECT '["7",7,null,"x"]'::JSON AS "d" FROM (SELECT 1)
),
_7 AS (
SELECT *, (CASE json_type("d") WHEN 'ARRAY' THEN json_extract("d", '$[*]') WHEN 'OBJECT' THEN list_transform(json_keys("d"), lambda _k: CAST(json_object(_k, json_extract("d", '/' || replace(replace(_k, '~', '~0'), '/', '~1'))) AS JSON)) ELSE [CAST("d" AS JSON)] END) AS _l5, (CASE json_type("d") WHEN 'ARRAY' THEN json_extract("d", '$[*]') WHEN 'OBJECT' THEN list_transform(json_keys("d"), lambda _k: CAST(json_object(_k, json_extract("d", '/' || replace(replace(_k, '~', '~0'), '/', '~1'))) AS JSON)) ELSE [CAST("d" AS JSON)] END) AS _l6 FROM _1
),
_8 AS (
SELECT * EXCLUDE (_l5, _l6), unnest(_l5) AS _e2, unnest(_l6) AS _e3 FROM _7
),
_9 AS (
SELECT "d", (CASE WHEN json_type(_e2) = 'VARCHAR' THEN NULL ELSE (kql_long_of_json(_e2)) END) AS "n", coalesce(json_extract_string(_e3, '$'), '') AS "s" FROM _8
),
_10 AS (
SELECT "n", "s" FROM _9
)
SELECT "n", "s" FROM _10
