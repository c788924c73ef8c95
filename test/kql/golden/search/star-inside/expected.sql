WITH _1 AS (
SELECT * FROM (VALUES ('run powershell.exe', 'x'), ('power', 'shell'), ('powers hell', 'y'), ('xpowershell', 'z')) AS _t("a", "b")
),
_2 AS (
SELECT * FROM _1 WHERE regexp_matches(concat_ws(chr(1), "a", "b"), '(?i)\bpower[^\x01\n]*shell\b')
),
_3 AS (
SELECT 'search_arg0' AS "$table", "a", "b" FROM _2
),
_4 AS (
SELECT "a" FROM _3
)
SELECT "a" FROM _4
