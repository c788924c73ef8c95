WITH _1 AS (
SELECT 1::BIGINT AS "a", 'x' AS "b" FROM (SELECT 1)
),
_3 AS (
SELECT *, row_number() OVER () - 1 AS _n2 FROM _1
),
_4 AS (
SELECT _n2 AS "Row", _c.c AS "Column", _c.v AS "Value" FROM (SELECT _n2, unnest([{'c': 'a', 'v': coalesce(CAST("a" AS VARCHAR), '')}, {'c': 'b', 'v': "b"}]) AS _c FROM _3)
)
SELECT "Row", "Column", "Value" FROM _4
