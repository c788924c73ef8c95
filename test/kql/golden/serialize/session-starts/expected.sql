WITH _1 AS (
SELECT * FROM (VALUES ('a', 0::BIGINT), ('a', 2400000000::BIGINT), ('a', 4800000000::BIGINT), ('a', 7200000000::BIGINT), ('a', 18000000000::BIGINT), ('b', 18600000000::BIGINT), ('b', 19800000000::BIGINT)) AS _t("user", "t")
),
_5 AS (
SELECT *, lag("user", 1, '') OVER () AS _w2, row_number() OVER () AS _w3 FROM _1
),
_6 AS (
SELECT _b.*, _f._w4 FROM _5 AS _b JOIN (SELECT unnest(list(_w3 ORDER BY _w3)) AS _at, unnest(string_split(kql_js_session_starts(string_agg(coalesce("t"::VARCHAR, ''), ',' ORDER BY _w3), string_agg(CASE WHEN ("user" <> _w2) THEN 1 ELSE 0 END, ',' ORDER BY _w3), any_value(6000000000::BIGINT), any_value(3000000000::BIGINT)), ',')) AS _w4 FROM _5) AS _f ON _b._w3 = _f._at
),
_7 AS (
SELECT "user", "t", TRY_CAST(_w4 AS BIGINT) AS "start" FROM _6 ORDER BY _w3
)
SELECT "user", "t", "start" FROM _7
