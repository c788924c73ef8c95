WITH _1 AS (
SELECT '10.1.1.1' AS "ip" FROM (SELECT 1)
),
_2 AS (
SELECT * FROM (VALUES ('10.0.0.0/8', 'inside')) AS _t("network", "name")
),
_3 AS (
SELECT _l."ip" AS "ip", coalesce(_r."network", '') AS "network", coalesce(_r."name", '') AS "name" FROM _1 AS _l JOIN _2 AS _r ON coalesce(kql_js_ipv4_is_in_range(_l."ip", _r."network"), false)
)
SELECT "ip", "network", "name" FROM _3
