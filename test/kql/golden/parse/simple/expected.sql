WITH _1 AS (
SELECT * FROM (VALUES ('user=ann id=7')) AS _t("s")
),
_4 AS (
SELECT *, regexp_matches("s", '(?s)^user=(.*?) id=(.*)$') AS _m3, regexp_extract("s", '(?s)^user=(.*?) id=(.*)$', ['c0', 'c1']) AS _p2 FROM _1
),
_5 AS (
SELECT "s", CASE WHEN _m3 AND (kql_long_of_text(_p2.c1)) IS NOT NULL THEN _p2.c0 ELSE '' END AS "user", CASE WHEN _m3 AND (kql_long_of_text(_p2.c1)) IS NOT NULL THEN (kql_long_of_text(_p2.c1)) ELSE NULL::BIGINT END AS "id" FROM _4
),
_6 AS (
SELECT "user", "id" FROM _5
)
SELECT "user", "id" FROM _6
