WITH _1 AS (
SELECT * FROM (VALUES ('a', 'x', 1::BIGINT, 1::BIGINT), ('a', 'y', 1::BIGINT, 2::BIGINT), ('b', 'x', 2::BIGINT, 1::BIGINT), ('c', 'z', 1::BIGINT, 7::BIGINT), ('c', 'z', 2::BIGINT, 1::BIGINT), ('d', 'z', 1::BIGINT, 1::BIGINT)) AS _t("a", "b", "c", "v")
),
_8 AS (
SELECT "a" AS _k2, coalesce(kql_wrap(sum("v")), 0) AS _v3 FROM _1 GROUP BY 1
),
_9 AS (
SELECT _b._k2, _b._v3 FROM _8 AS _b QUALIFY row_number() OVER (ORDER BY _b._v3 DESC NULLS LAST) <= 2
),
_10 AS (
SELECT "a" AS _k2, "b" AS _k4, coalesce(kql_wrap(sum("v")), 0) AS _v5 FROM _1 GROUP BY 1, 2
),
_11 AS (
SELECT _a._k2, _a._v3, _b._k4, _b._v5 FROM _9 AS _a JOIN _10 AS _b ON _a._k2 IS NOT DISTINCT FROM _b._k2 QUALIFY row_number() OVER (PARTITION BY _b._k2 ORDER BY _b._v5 DESC NULLS LAST) <= 1
),
_12 AS (
SELECT "a" AS _k2, "b" AS _k4, "c" AS _k6, coalesce(kql_wrap(sum("v")), 0) AS _v7 FROM _1 GROUP BY 1, 2, 3
),
_13 AS (
SELECT _a._k2, _a._v3, _a._k4, _a._v5, _b._k6, _b._v7 FROM _11 AS _a JOIN _12 AS _b ON _a._k2 IS NOT DISTINCT FROM _b._k2 AND _a._k4 IS NOT DISTINCT FROM _b._k4 QUALIFY row_number() OVER (PARTITION BY _b._k2, _b._k4 ORDER BY _b._v7 DESC NULLS LAST) <= 1
),
_14 AS (
SELECT *, "a" AS _k2, "b" AS _k4, "c" AS _k6 FROM _1
),
_15 AS (
SELECT * FROM _14 AS _m ANTI JOIN _9 AS _c ON _m._k2 IS NOT DISTINCT FROM _c._k2
),
_16 AS (
SELECT coalesce(kql_wrap(sum("v")), 0) AS _v3, NULL::BIGINT AS _v5, coalesce(kql_wrap(sum("v")), 0) AS _v7 FROM _15 HAVING count(*) > 0
),
_17 AS (
SELECT * FROM _14 AS _m ANTI JOIN _11 AS _c ON _m._k2 IS NOT DISTINCT FROM _c._k2 AND _m._k4 IS NOT DISTINCT FROM _c._k4
),
_18 AS (
SELECT _k2, NULL::BIGINT AS _v5, coalesce(kql_wrap(sum("v")), 0) AS _v7 FROM _17 GROUP BY _k2
),
_19 AS (
SELECT * FROM _14 AS _m ANTI JOIN _13 AS _c ON _m._k2 IS NOT DISTINCT FROM _c._k2 AND _m._k4 IS NOT DISTINCT FROM _c._k4 AND _m._k6 IS NOT DISTINCT FROM _c._k6
),
_20 AS (
SELECT _k2, _k4, coalesce(kql_wrap(sum("v")), 0) AS _v7 FROM _19 GROUP BY _k2, _k4
),
_21 AS (
SELECT * FROM _13
UNION ALL
SELECT 'others' AS _k2, _s._v3, '' AS _k4, _s._v5, (-1)::BIGINT AS _k6, _s._v7 FROM _16 AS _s
UNION ALL
SELECT _a._k2, _a._v3, '' AS _k4, _s._v5, (-1)::BIGINT AS _k6, _s._v7 FROM _9 AS _a JOIN _18 AS _s ON _a._k2 IS NOT DISTINCT FROM _s._k2
UNION ALL
SELECT _a._k2, _a._v3, _a._k4, _a._v5, (-1)::BIGINT AS _k6, _s._v7 FROM _11 AS _a JOIN _20 AS _s ON _a._k2 IS NOT DISTINCT FROM _s._k2 AND _a._k4 IS NOT DISTINCT FROM _s._k4
),
_22 AS (
SELECT _k2 AS "a", _v3 AS "aggregated_a", _k4 AS "b", _v5 AS "aggregated_b", _k6 AS "c", _v7 AS "aggregated_c" FROM _21 ORDER BY _v3 DESC NULLS LAST, _v5 DESC NULLS LAST, _v7 DESC NULLS LAST
)
SELECT "a", "aggregated_a", "b", "aggregated_b", "c", "aggregated_c" FROM _22
