WITH _1 AS (
SELECT * FROM (VALUES (1::BIGINT, '[1,2]'::JSON), (2::BIGINT, '[5]'::JSON)) AS _t("id", "d")
),
_3 AS (
SELECT *, row_number() OVER () AS _r2 FROM _1
),
_7 AS (
SELECT *, (CASE json_type("d") WHEN 'ARRAY' THEN json_extract("d", '$[*]') WHEN 'OBJECT' THEN list_transform(json_keys("d"), lambda _k: CAST(json_object(_k, json_extract("d", '/' || replace(replace(_k, '~', '~0'), '/', '~1'))) AS JSON)) ELSE [CAST("d" AS JSON)] END) AS _l6 FROM _3
),
_8 AS (
SELECT * EXCLUDE (_l6), unnest(_l6) AS _e4 FROM _7
),
_9 AS (
SELECT "id", "d", (CASE WHEN json_type(_e4) = 'VARCHAR' THEN NULL ELSE (kql_long_of_json(_e4)) END) AS "x", _r2 FROM _8
),
_10 AS (
SELECT coalesce(kql_wrap(sum("x")), 0) AS "s", _r2 FROM _9 GROUP BY _r2
),
_11 AS (
SELECT _o."id" AS "id", _o."d" AS "d", _s."s" AS "s" FROM _10 AS _s JOIN _3 AS _o ON _s._r2 = _o._r2
),
_12 AS (
SELECT "id", "s" FROM _11
),
_13 AS (
SELECT * FROM _12 ORDER BY "id" ASC NULLS FIRST
)
SELECT "id", "s" FROM _13
