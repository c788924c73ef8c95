WITH _1 AS (
SELECT * FROM (VALUES ('a', 'p')) AS _t("k", "v")
),
_2 AS (
SELECT * FROM (VALUES ('z')) AS _t("q")
),
_3 AS (
SELECT coalesce(_l."k", '') AS "k", coalesce(_l."v", '') AS "v", _r."q" AS "q" FROM _1 AS _l RIGHT JOIN _2 AS _r ON _l."k" = _r."q"
)
SELECT "k", "v", "q" FROM _3
