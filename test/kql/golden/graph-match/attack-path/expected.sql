WITH _1 AS (
SELECT * FROM (VALUES ('ws1', 'srv1', 'rdp'), ('srv1', 'dc1', 'smb'), ('ws1', 'ws2', 'rdp'), ('ws2', 'dc1', 'http')) AS _t("source", "target", "how")
),
_2 AS (
SELECT * FROM (VALUES ('ws1', 'client'), ('srv1', 'server'), ('dc1', 'server')) AS _t("name", "role")
),
_4 AS MATERIALIZED (
SELECT *, row_number() OVER () AS _e3 FROM _1
),
_6 AS (
SELECT _id5, coalesce(any_value(nullif("name", '')), '') AS "name", coalesce(any_value(nullif("role", '')), '') AS "role" FROM (SELECT "name" AS _id5, "name" AS "name", "role" AS "role" FROM _2 WHERE "name" IS NOT NULL) GROUP BY _id5
),
_7 AS MATERIALIZED (
SELECT _id5, "name", "role" FROM _6 UNION ALL SELECT _e._id5, _e._id5 AS "name", '' AS "role" FROM (SELECT "source" AS _id5 FROM _4 WHERE "source" IS NOT NULL UNION SELECT "target" FROM _4 WHERE "target" IS NOT NULL) AS _e ANTI JOIN _6 AS _k ON _k._id5 = _e._id5
),
_13 AS (
SELECT * FROM _7 WHERE ("role" = 'client')
),
_14 AS (
SELECT * FROM _7
),
_15 AS (
SELECT * FROM _7 WHERE ("name" = 'dc1')
),
_16 AS (
SELECT "source" AS _graph_left, "target" AS _graph_right, _e3 AS _graph_id, "source", "target", "how" FROM _4 WHERE ("how" = 'rdp')
),
_17 AS (
SELECT "source" AS _graph_left, "target" AS _graph_right, _e3 AS _graph_id, "source", "target", "how" FROM _4
),
_18 AS (
SELECT _n8."name" AS "start_name", _n9."name" AS "via", _e12."how" AS "moves_how" FROM _13 AS _n8, _14 AS _n9, _15 AS _n10, _16 AS _e11, _17 AS _e12 WHERE _n8._id5 = _e11._graph_left AND _n9._id5 = _e11._graph_right AND _n9._id5 = _e12._graph_left AND _n10._id5 = _e12._graph_right AND ((_e12."how" = 'smb') OR (_n9."role" = 'server')) AND _e11._graph_id <> _e12._graph_id
)
SELECT "start_name", "via", "moves_how" FROM _18
