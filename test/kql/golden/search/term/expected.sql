WITH _1 AS (
SELECT * FROM (VALUES ('a foo'), ('foobar')) AS _t("s")
),
_2 AS (
SELECT * FROM _1 WHERE (contains(lower(concat_ws(chr(1), "s")), 'foo') AND regexp_matches(concat_ws(chr(1), "s"), '(?is)(?:^|[^\p{L}\p{N}])foo(?:$|[^\p{L}\p{N}])'))
),
_3 AS (
SELECT 'search_arg0' AS "$table", "s" FROM _2
),
_4 AS (
SELECT "s" FROM _3
)
SELECT "s" FROM _4
