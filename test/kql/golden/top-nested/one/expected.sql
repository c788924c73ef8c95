WITH _1 AS (
SELECT * FROM (VALUES ('a', 1::BIGINT), ('b', 5::BIGINT)) AS _t("g", "x")
),
_4 AS (
SELECT "g" AS _k2, coalesce(kql_wrap(sum("x")), 0) AS _v3 FROM _1 GROUP BY 1
),
_5 AS (
SELECT _b._k2, _b._v3 FROM _4 AS _b QUALIFY row_number() OVER (ORDER BY _b._v3 DESC NULLS LAST) <= 1
),
_6 AS (
SELECT _k2 AS "g", _v3 AS "aggregated_g" FROM _5 ORDER BY _v3 DESC NULLS LAST
)
SELECT "g", "aggregated_g" FROM _6
