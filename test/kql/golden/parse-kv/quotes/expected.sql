WITH _1 AS (
SELECT 'user=(Ada L.) (last seen)=(2024-03-01 10:00:00) note=(said \(hi\)) n=7' AS "s" FROM (SELECT 1)
),
_3 AS (
SELECT *, CAST(kql_js_parse_kv("s", '{"pair":" ","keyValue":"=","quotes":["()"],"escapes":["\\"],"greedy":false,"keys":["user","last seen","note","n"]}') AS JSON) AS _kv2 FROM _1
),
_4 AS (
SELECT "s", coalesce(json_extract_string(_kv2, '$."user"'), '') AS "user", (kql_datetime_of_text(coalesce(json_extract_string(_kv2, '$."last seen"'), ''))) AS "last seen", coalesce(json_extract_string(_kv2, '$."note"'), '') AS "note", (kql_long_of_text(coalesce(json_extract_string(_kv2, '$."n"'), ''))) AS "n" FROM _3
),
_5 AS (
SELECT "user", "last seen", "note", "n" FROM _4
)
SELECT "user", "last seen", "note", "n" FROM _5
