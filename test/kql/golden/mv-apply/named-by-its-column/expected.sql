WITH _1 AS (
SELECT 'a' AS "Name", '[{"u":"x","n":1},{"u":"y","n":2}]' AS "Users" FROM (SELECT 1)
),
_3 AS (
SELECT *, row_number() OVER () AS _r2 FROM _1
),
_7 AS (
SELECT *, (CASE json_type((kql_parse_json("Users"))) WHEN 'ARRAY' THEN json_extract((kql_parse_json("Users")), '$[*]') WHEN 'OBJECT' THEN list_transform(json_keys((kql_parse_json("Users"))), lambda _k: CAST(json_object(_k, json_extract((kql_parse_json("Users")), '/' || replace(replace(_k, '~', '~0'), '/', '~1'))) AS JSON)) ELSE [CAST((kql_parse_json("Users")) AS JSON)] END) AS _l6 FROM _3
),
_8 AS (
SELECT * EXCLUDE (_l6), unnest(_l6) AS _e4 FROM _7
),
_9 AS (
SELECT "Name", (CASE WHEN json_type(_e4) = 'NULL' THEN NULL ELSE _e4 END) AS "Users", _r2 FROM _8
),
_10 AS (
SELECT * FROM _9 WHERE ((kql_real_of_member(json_extract_string("Users", '$."n"'), json_extract("Users", '$."n"'))) > (1)::DOUBLE AND NOT isnan((kql_real_of_member(json_extract_string("Users", '$."n"'), json_extract("Users", '$."n"')))))
),
_11 AS (
SELECT coalesce(json_extract_string("Users", '$."u"'), '') AS "who", _r2 FROM _10
),
_12 AS (
SELECT _o."Name" AS "Name", _s."who" AS "who" FROM _11 AS _s JOIN _3 AS _o ON _s._r2 = _o._r2
),
_13 AS (
SELECT "Name", "who" FROM _12
)
SELECT "Name", "who" FROM _13
