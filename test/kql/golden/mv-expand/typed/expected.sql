WITH _1 AS (
SELECT '[1,2]'::JSON AS "d" FROM (SELECT 1)
),
_5 AS (
SELECT *, (CASE json_type("d") WHEN 'ARRAY' THEN json_extract("d", '$[*]') WHEN 'OBJECT' THEN list_transform(json_keys("d"), lambda _k: CAST(json_object(_k, json_extract("d", '/' || replace(replace(_k, '~', '~0'), '/', '~1'))) AS JSON)) ELSE [CAST("d" AS JSON)] END) AS _l4 FROM _1
),
_6 AS (
SELECT * EXCLUDE (_l4), unnest(_l4) AS _e2 FROM _5
),
_7 AS (
SELECT (CASE WHEN json_type(_e2) = 'VARCHAR' THEN NULL ELSE (kql_long_of_json(_e2)) END) AS "d" FROM _6
)
SELECT "d" FROM _7
