WITH _1 AS (
SELECT * FROM (VALUES (1::BIGINT)) AS _t("k")
),
_2 AS (
SELECT * FROM (VALUES (1::BIGINT, 'x')) AS _t("k", "w")
),
_3 AS (
SELECT _l."k" AS "k", coalesce(_r."w", '') AS "w" FROM _1 AS _l LEFT JOIN _2 AS _r ON _l."k" IS NOT DISTINCT FROM _r."k"
)
SELECT "k", "w" FROM _3
