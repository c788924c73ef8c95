WITH _1 AS (
SELECT '2001:db8::1' AS "ip" FROM (SELECT 1)
),
_2 AS (
SELECT * FROM (VALUES ('2001:db8::/32', 'docs')) AS _t("network", "name")
),
_3 AS (
SELECT coalesce(_r."network", '') AS "network", coalesce(_r."name", '') AS "name", _l."ip" AS "ip" FROM _1 AS _l JOIN _2 AS _r ON coalesce(kql_js_ipv6_is_in_range(_l."ip", _r."network"), false)
),
_4 AS (
SELECT "name" FROM _3
)
SELECT "name" FROM _4
