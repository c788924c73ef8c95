WITH _1 AS (
SELECT * FROM (VALUES ('cmd.exe', 5::BIGINT), ('powershell.exe', NULL::BIGINT)) AS _t("Name", "Count")
),
_2 AS (
SELECT * FROM _1 WHERE ((contains(lower("Name"), 'exe') AND regexp_matches("Name", '(?is)(?:^|[^\p{L}\p{N}])exe(?:$|[^\p{L}\p{N}])')) AND ("Count" > 1::BIGINT))
)
SELECT "Name", "Count" FROM _2
