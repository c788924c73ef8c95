WITH _1 AS (
SELECT * FROM (VALUES ('a', 1::BIGINT), ('b', 2::BIGINT)) AS _t("k", "v")
),
_2 AS (
SELECT * FROM (VALUES ('a', 10::BIGINT), ('a', 11::BIGINT)) AS _t("k", "w")
),
_3 AS (
SELECT _l."k" AS "k", _l."v" AS "v", _r."k" AS "k1", _r."w" AS "w" FROM _1 AS _l JOIN _2 AS _r ON _l."k" = _r."k"
),
_4 AS (
SELECT * FROM _3 ORDER BY "w" ASC NULLS FIRST
)
SELECT "k", "v", "k1", "w" FROM _4
