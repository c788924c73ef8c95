WITH _1 AS (
SELECT * FROM (VALUES (1::BIGINT, 'x'), (2::BIGINT, 'y')) AS _t("id", "v")
),
_2 AS (
SELECT * FROM (VALUES (3::BIGINT, 'p'), (4::BIGINT, 'q')) AS _t("id", "w")
),
_4 AS (
SELECT 'A' AS "source_", "id", "v", '' AS "w" FROM _1 WHERE (("v" = 'x') OR ('' = 'q'))
UNION ALL
SELECT 'B' AS "source_", "id", '' AS "v", "w" FROM _2 WHERE (('' = 'x') OR ("w" = 'q'))
)
SELECT "source_", "id", "v", "w" FROM _4
