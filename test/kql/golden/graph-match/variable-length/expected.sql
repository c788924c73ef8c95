WITH _1 AS (
SELECT * FROM (VALUES ('bob', 'ann'), ('eve', 'bob'), ('ben', 'eve'), ('joe', 'ann')) AS _t("who", "boss")
),
_3 AS MATERIALIZED (
SELECT *, row_number() OVER () AS _e2 FROM _1
),
_5 AS MATERIALIZED (
SELECT _id4, _id4 AS "name" FROM (SELECT "who" AS _id4 FROM _3 WHERE "who" IS NOT NULL UNION SELECT "boss" FROM _3 WHERE "boss" IS NOT NULL)
),
_10 AS (
SELECT * FROM _5 WHERE ("name" = 'ann')
),
_11 AS (
SELECT * FROM _5
),
_12 AS (
SELECT "boss" AS _graph_left, "who" AS _graph_right, _e2 AS _graph_id, to_json("boss") AS _g9 FROM _3 WHERE ("who" <> 'joe')
),
_13 AS (
WITH RECURSIVE _path AS (SELECT _graph_left, _graph_right, [_graph_id] AS _graph_id, [_graph_left, _graph_right] AS _graph_nodes, [_g9] AS _g9, 1 AS _length FROM _12 WHERE _graph_left IN (SELECT _id4 FROM _10) AND _graph_left <> _graph_right UNION ALL SELECT _p._graph_left, _x._graph_right, list_append(_p._graph_id, _x._graph_id), list_append(_p._graph_nodes, _x._graph_right), list_append(_p._g9, _x._g9), _p._length + 1 FROM _path AS _p JOIN _12 AS _x ON _x._graph_left = _p._graph_right WHERE _p._length < 3 AND NOT list_contains(_p._graph_nodes, _x._graph_right)) SELECT * FROM _path WHERE _length >= 2
),
_14 AS (
SELECT _n7."name" AS "low_name", to_json(_e8._g9) AS "line_boss" FROM _10 AS _n6, _11 AS _n7, _13 AS _e8 WHERE _n6._id4 = _e8._graph_left AND _n7._id4 = _e8._graph_right AND len(list_concat([_n6._id4, _n7._id4], list_slice(_e8._graph_nodes, 2, -2))) = len(list_distinct(list_concat([_n6._id4, _n7._id4], list_slice(_e8._graph_nodes, 2, -2))))
),
_15 AS (
SELECT * FROM _14 ORDER BY "low_name" ASC NULLS FIRST
)
SELECT "low_name", "line_boss" FROM _15
