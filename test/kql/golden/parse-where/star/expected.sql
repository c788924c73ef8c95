WITH _1 AS (
SELECT * FROM (VALUES ('x=1;'), ('none')) AS _t("s")
),
_4 AS (
SELECT *, regexp_matches("s", '(?s).*?x=(.*?);.*$') AS _m3, regexp_extract("s", '(?s).*?x=(.*?);.*$', ['c0']) AS _p2 FROM _1
),
_5 AS (
SELECT "s", CASE WHEN _m3 AND (kql_long_of_text(_p2.c0)) IS NOT NULL THEN (kql_long_of_text(_p2.c0)) ELSE NULL::BIGINT END AS "x" FROM _4 WHERE _m3 AND (kql_long_of_text(_p2.c0)) IS NOT NULL
),
_6 AS (
SELECT "x" FROM _5
)
SELECT "x" FROM _6
