WITH _1 AS (
SELECT * FROM (VALUES ('a'), ('b')) AS _t("k")
),
_2 AS (
SELECT * FROM (VALUES ('a')) AS _t("k")
),
_3 AS (
SELECT * FROM _1 AS _l ANTI JOIN _2 AS _r ON _l."k" = _r."k"
)
SELECT "k" FROM _3
