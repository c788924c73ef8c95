WITH _1 AS (
SELECT * FROM (VALUES (1::BIGINT, 2::BIGINT), (2::BIGINT, 3::BIGINT)) AS _t("a", "b")
),
_2 AS (
SELECT * FROM (VALUES (1::BIGINT, 'a')) AS _t("n", "w")
),
_3 AS (
SELECT * FROM (VALUES (1::BIGINT, 7::BIGINT), (2::BIGINT, 8::BIGINT)) AS _t("n", "k")
),
_5 AS MATERIALIZED (
SELECT *, row_number() OVER () AS _e4 FROM _1
),
_7 AS (
SELECT _id6, any_value("n") AS "n", coalesce(any_value(nullif("w", '')), '') AS "w", any_value("k") AS "k" FROM (SELECT "n" AS _id6, "n" AS "n", "w" AS "w", NULL::BIGINT AS "k" FROM _2 WHERE "n" IS NOT NULL UNION ALL SELECT "n" AS _id6, "n" AS "n", '' AS "w", "k" AS "k" FROM _3 WHERE "n" IS NOT NULL) GROUP BY _id6
),
_8 AS MATERIALIZED (
SELECT _id6, "n", "w", "k" FROM _7 UNION ALL SELECT _e._id6, _e._id6 AS "n", '' AS "w", NULL::BIGINT AS "k" FROM (SELECT "a" AS _id6 FROM _5 WHERE "a" IS NOT NULL UNION SELECT "b" FROM _5 WHERE "b" IS NOT NULL) AS _e ANTI JOIN _7 AS _k ON _k._id6 = _e._id6
),
_9 AS (
SELECT "n", "w", "k" FROM _8
),
_10 AS (
SELECT * FROM _9 ORDER BY "n" ASC NULLS FIRST
)
SELECT "n", "w", "k" FROM _10
