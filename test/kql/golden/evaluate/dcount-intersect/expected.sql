WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 1::BIGINT AS v FROM range(0, least(greatest((30::BIGINT - 1::BIGINT) // 1::BIGINT + 1, 0), 100000000)) AS t(i))
),
_2 AS (
SELECT json_array(json_array(1024, 14), coalesce(to_json(list(DISTINCT CAST(kql_js_hash_long((CASE WHEN coalesce((((("x" % 2) + 2) % 2) = 0::BIGINT), false) THEN "x" ELSE NULL::BIGINT END)) AS VARCHAR)) FILTER (WHERE (CASE WHEN coalesce((((("x" % 2) + 2) % 2) = 0::BIGINT), false) THEN "x" ELSE NULL::BIGINT END) IS NOT NULL)), '[]'::JSON), json_array()) AS "even", json_array(json_array(1024, 14), coalesce(to_json(list(DISTINCT CAST(kql_js_hash_long((CASE WHEN coalesce((((("x" % 3) + 3) % 3) = 0::BIGINT), false) THEN "x" ELSE NULL::BIGINT END)) AS VARCHAR)) FILTER (WHERE (CASE WHEN coalesce((((("x" % 3) + 3) % 3) = 0::BIGINT), false) THEN "x" ELSE NULL::BIGINT END) IS NOT NULL)), '[]'::JSON), json_array()) AS "third", json_array(json_array(1024, 14), coalesce(to_json(list(DISTINCT CAST(kql_js_hash_long((CASE WHEN coalesce((((("x" % 5) + 5) % 5) = 0::BIGINT), false) THEN "x" ELSE NULL::BIGINT END)) AS VARCHAR)) FILTER (WHERE (CASE WHEN coalesce((((("x" % 5) + 5) % 5) = 0::BIGINT), false) THEN "x" ELSE NULL::BIGINT END) IS NOT NULL)), '[]'::JSON), json_array()) AS "fifth" FROM _1
),
_3 AS (
SELECT len(coalesce(json_extract_string("even", '$[1][*]'), [])) AS "s0", len(list_intersect(coalesce(json_extract_string("even", '$[1][*]'), []), coalesce(json_extract_string("third", '$[1][*]'), []))) AS "s1", len(list_intersect(list_intersect(coalesce(json_extract_string("even", '$[1][*]'), []), coalesce(json_extract_string("third", '$[1][*]'), [])), coalesce(json_extract_string("fifth", '$[1][*]'), []))) AS "s2" FROM _2
)
SELECT "s0", "s1", "s2" FROM _3
