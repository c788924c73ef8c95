WITH _1 AS (
SELECT 7::BIGINT AS "n", '{"k":2}'::JSON AS "d" FROM (SELECT 1)
),
_2 AS (
SELECT ("n" - (("n" % 5) + 5) % 5) AS "n", "d", coalesce(json_extract_string("d", '$."k"'), '') AS "d_k", length('abc') AS "strlen_", CAST((((CAST("n" AS HUGEINT) * 2::BIGINT) + 9223372036854775808::HUGEINT) & 18446744073709551615::HUGEINT) - 9223372036854775808::HUGEINT AS BIGINT) AS "Column1" FROM _1
)
SELECT "n", "d", "d_k", "strlen_", "Column1" FROM _2
