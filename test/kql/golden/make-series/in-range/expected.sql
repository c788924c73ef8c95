WITH _1 AS (
SELECT * FROM (VALUES (36000000000::BIGINT, 1::BIGINT), (108000000000::BIGINT, 3::BIGINT)) AS _t("t", "v")
),
_4 AS (
SELECT ("t" - 0::BIGINT) // 36000000000::BIGINT AS _b2, coalesce(kql_wrap(sum("v")), 0) AS _v3 FROM _1 WHERE "t" >= 0::BIGINT AND ("t" - 0::BIGINT) // 36000000000::BIGINT < 5 GROUP BY 1
),
_5 AS (
SELECT to_json(list(CASE WHEN _b._b2 IS NULL THEN to_json(0::BIGINT) ELSE to_json(_b._v3) END ORDER BY _i.i)) AS "n", to_json(list((kql_json_of_timespan((0::BIGINT + _i.i * 36000000000::BIGINT))) ORDER BY _i.i)) AS "t" FROM (SELECT 1 WHERE EXISTS (SELECT 1 FROM _4)) AS _k JOIN range(0, 5) AS _i(i) ON true LEFT JOIN _4 AS _b ON _b._b2 = _i.i HAVING count(*) > 0
)
SELECT "n", "t" FROM _5
