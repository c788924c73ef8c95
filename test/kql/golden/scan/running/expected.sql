WITH _1 AS (
SELECT v AS "x" FROM (SELECT 1::BIGINT + i * 1::BIGINT AS v FROM range(0, least(greatest((3::BIGINT - 1::BIGINT) // 1::BIGINT + 1, 0), 100000000)) AS t(i))
),
_2 AS (
SELECT *, row_number() OVER () AS _pos FROM _1
),
_3 AS MATERIALIZED (
SELECT *, row_number() OVER ( ORDER BY _pos) AS _n FROM _2
),
_4 AS (
WITH RECURSIVE _scan AS (SELECT 0::BIGINT AS _n, false AS _a0, 0::BIGINT AS _i0, 0::BIGINT AS _next, (kql_long_of_json(0::BIGINT)) AS _s0_0, 0 AS _m0, 0::BIGINT AS _o0, (kql_long_of_json(0::BIGINT)) AS _d0_0 UNION ALL SELECT _n, _a0, _i0, _next, _s0_0, _m0, _o0, _d0_0 FROM (SELECT * REPLACE ((_a0 OR _m0 > 0) AS _a0, CASE WHEN _m0 > 0 AND NOT _a0 THEN _next ELSE _i0 END AS _i0, CASE WHEN _m0 > 0 AND NOT _a0 THEN _next + 1 ELSE _next END AS _next, CASE WHEN _m0 > 0 THEN _d0_0 ELSE _s0_0 END AS _s0_0), CASE WHEN _m0 > 0 AND NOT _a0 THEN _next ELSE _i0 END AS _o0 FROM (SELECT *, CAST((((CAST(_s0_0 AS HUGEINT) + "x") + 9223372036854775808::HUGEINT) & 18446744073709551615::HUGEINT) - 9223372036854775808::HUGEINT AS BIGINT) AS _d0_0 FROM (SELECT *, CASE WHEN (true) THEN 2 ELSE 0 END AS _m0 FROM (SELECT _r.*, _t._a0, _t._i0, _t._next, _t._s0_0 FROM _scan AS _t JOIN _3 AS _r ON _r._n = _t._n + 1))))) SELECT * FROM _scan WHERE _n > 0
),
_5 AS (
SELECT _r."x" AS _c0, _t._d0_0 AS _c1, _r._pos, 0 AS _k FROM _4 AS _t JOIN _3 AS _r ON _r._n = _t._n WHERE _t._m0 > 0
),
_6 AS (
SELECT _c0 AS "x", _c1 AS "s" FROM _5 ORDER BY _pos, _k
)
SELECT "x", "s" FROM _6
