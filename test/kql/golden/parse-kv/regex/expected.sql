WITH _1 AS (
SELECT '<pid>42</pid><name> a b </name><pid>43</pid>' AS "s" FROM (SELECT 1)
),
_3 AS (
SELECT *, {'keys': list_transform(regexp_extract_all("s", '<(\w+)>([^<]*)<', 1), x -> trim(x)), 'found': regexp_extract_all("s", '<(\w+)>([^<]*)<', 2)} AS _kv2 FROM _1
),
_4 AS (
SELECT "s", (kql_long_of_text(coalesce(trim(_kv2.found[list_position(_kv2.keys, 'pid')]), ''))) AS "pid", coalesce(trim(_kv2.found[list_position(_kv2.keys, 'name')]), '') AS "name" FROM _3
),
_5 AS (
SELECT "pid", "name" FROM _4
)
SELECT "pid", "name" FROM _5
