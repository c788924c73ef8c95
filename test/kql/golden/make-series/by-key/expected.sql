WITH _1 AS (
SELECT * FROM (VALUES (0::BIGINT, 'a'), (2::BIGINT, 'a')) AS _t("t", "g")
),
_5 AS (
SELECT "g" AS _k3, ("t" - 0::BIGINT) // 1::BIGINT AS _b2, count(*) AS _v4 FROM _1 WHERE "t" >= 0::BIGINT AND ("t" - 0::BIGINT) // 1::BIGINT < 3 GROUP BY 1, 2
),
_6 AS (
SELECT _k._k3 AS "g", to_json(list(CASE WHEN _b._b2 IS NULL THEN to_json(0::BIGINT) ELSE to_json(_b._v4) END ORDER BY _i.i)) AS "c", to_json(list(to_json((0::BIGINT + _i.i * 1::BIGINT)) ORDER BY _i.i)) AS "t" FROM (SELECT _k3 FROM _5 GROUP BY _k3) AS _k JOIN range(0, 3) AS _i(i) ON true LEFT JOIN _5 AS _b ON _b._b2 = _i.i AND _b._k3 IS NOT DISTINCT FROM _k._k3 GROUP BY _k._k3
)
SELECT "g", "c", "t" FROM _6
