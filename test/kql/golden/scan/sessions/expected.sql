WITH _1 AS (
SELECT * FROM (VALUES (0::BIGINT, 'a'), (4::BIGINT, 'b'), (11::BIGINT, 'c'), (15::BIGINT, 'd'), (40::BIGINT, 'e')) AS _t("t", "e")
),
_2 AS (
SELECT * FROM _1 ORDER BY "t" ASC NULLS FIRST
),
_3 AS (
SELECT *, row_number() OVER () AS _pos FROM _2
),
_4 AS MATERIALIZED (
SELECT *, row_number() OVER ( ORDER BY _pos) AS _n FROM _3
),
_5 AS (
WITH RECURSIVE _scan AS (SELECT 0::BIGINT AS _n, false AS _a0, false AS _a1, 0::BIGINT AS _i0, 0::BIGINT AS _i1, 0::BIGINT AS _next, NULL::BIGINT AS _s0_0, NULL::BIGINT AS _s1_0, 0 AS _m0, 0::BIGINT AS _o0, NULL::BIGINT AS _d0_0, 0 AS _m1, 0::BIGINT AS _o1, NULL::BIGINT AS _d1_0 UNION ALL SELECT _n, _a0, _a1, _i0, _i1, _next, _s0_0, _s1_0, _m0, _o0, _d0_0, _m1, _o1, _d1_0 FROM (SELECT * REPLACE ((_a0 OR _m0 > 0) AS _a0, CASE WHEN _m0 > 0 AND NOT _a0 THEN _next ELSE _i0 END AS _i0, CASE WHEN _m0 > 0 AND NOT _a0 THEN _next + 1 ELSE _next END AS _next, CASE WHEN _m0 > 0 THEN _d0_0 ELSE _s0_0 END AS _s0_0), CASE WHEN _m0 > 0 AND NOT _a0 THEN _next ELSE _i0 END AS _o0 FROM (SELECT *, (CASE WHEN (_s0_0 IS NULL) THEN "t" ELSE _s0_0 END) AS _d0_0 FROM (SELECT *, CASE WHEN (true) THEN 2 ELSE 0 END AS _m0 FROM (SELECT * REPLACE ((_a1 OR _m1 > 0) AS _a1, CASE _m1 WHEN 1 THEN _i0 ELSE _i1 END AS _i1, (_a0 AND _m1 <> 1) AS _a0, CASE _m1 WHEN 1 THEN _s0_0 ELSE _s1_0 END AS _s1_0, CASE _m1 WHEN 1 THEN NULL::BIGINT ELSE _s0_0 END AS _s0_0), CASE _m1 WHEN 1 THEN _i0 ELSE _i1 END AS _o1 FROM (SELECT *, CASE _m1 WHEN 1 THEN NULL::BIGINT ELSE NULL::BIGINT END AS _d1_0 FROM (SELECT *, CASE WHEN _a0 AND ((CAST((((CAST("t" AS HUGEINT) - _s0_0) + 9223372036854775808::HUGEINT) & 18446744073709551615::HUGEINT) - 9223372036854775808::HUGEINT AS BIGINT) > 10::BIGINT)) THEN 1 WHEN _a1 AND ((CAST((((CAST("t" AS HUGEINT) - _s1_0) + 9223372036854775808::HUGEINT) & 18446744073709551615::HUGEINT) - 9223372036854775808::HUGEINT AS BIGINT) > 10::BIGINT)) THEN 2 ELSE 0 END AS _m1 FROM (SELECT _r.*, _t._a0, _t._a1, _t._i0, _t._i1, _t._next, _t._s0_0, _t._s1_0 FROM _scan AS _t JOIN _4 AS _r ON _r._n = _t._n + 1)))))))) SELECT * FROM _scan WHERE _n > 0
),
_6 AS (
SELECT _r."t" AS _c0, _r."e" AS _c1, _t._d0_0 AS _c2, _t._o0 AS _c3, _r._pos, 0 AS _k FROM _5 AS _t JOIN _4 AS _r ON _r._n = _t._n WHERE _t._m0 > 0
),
_7 AS (
SELECT _c0 AS "t", _c1 AS "e", _c2 AS "since", _c3 AS "id" FROM _6 ORDER BY _pos, _k
)
SELECT "t", "e", "since", "id" FROM _7
