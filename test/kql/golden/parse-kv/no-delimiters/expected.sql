WITH _1 AS (
SELECT '[WARN] Disk: C - Free:12, Owner ''ops team''' AS "s" FROM (SELECT 1)
),
_3 AS (
SELECT *, CAST(kql_js_parse_kv("s", '{"pair":"","keyValue":"","quotes":["''"],"escapes":[],"greedy":false,"keys":["Disk","Free","Owner","Missing"]}') AS JSON) AS _kv2 FROM _1
),
_4 AS (
SELECT "s", coalesce(json_extract_string(_kv2, '$."Disk"'), '') AS "Disk", (kql_long_of_text(coalesce(json_extract_string(_kv2, '$."Free"'), ''))) AS "Free", coalesce(json_extract_string(_kv2, '$."Owner"'), '') AS "Owner", coalesce(json_extract_string(_kv2, '$."Missing"'), '') AS "Missing" FROM _3
),
_5 AS (
SELECT "Disk", "Free", "Owner", "Missing" FROM _4
)
SELECT "Disk", "Free", "Owner", "Missing" FROM _5
