WITH _1 AS (
SELECT * FROM (VALUES ('r', 'x'), ('r', 'y'), ('r', 'x')) AS _t("k", "v")
),
_2 AS (
SELECT "k", count(*) FILTER (WHERE "v" = 'x') AS "x", count(*) FILTER (WHERE "v" = 'y') AS "y" FROM _1 GROUP BY 1
)
SELECT "k", "x", "y" FROM _2
