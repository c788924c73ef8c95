WITH _2 AS (
SELECT * FROM (VALUES ('a', 0::BIGINT, 'System.String', 'string'), ('b', 1::BIGINT, 'System.Int32', 'int')) AS _t("ColumnName", "ColumnOrdinal", "DataType", "ColumnType")
),
_4 AS (
SELECT * FROM (VALUES ('a', 0::BIGINT, 'System.String', 'string'), ('c', 1::BIGINT, 'System.Int64', 'long'), ('b', 2::BIGINT, 'System.Int32', 'int')) AS _t("ColumnName", "ColumnOrdinal", "DataType", "ColumnType")
),
_5 AS (
SELECT "ColumnName", "ColumnOrdinal", "DataType", "ColumnType" FROM _2
UNION ALL
SELECT "ColumnName", "ColumnOrdinal", "DataType", "ColumnType" FROM _4
),
_6 AS (
SELECT "ColumnName", CASE WHEN count(DISTINCT "ColumnOrdinal") > 1 THEN -1 ELSE row_number() OVER (ORDER BY max("ColumnOrdinal"), "ColumnName") - 1 END AS "ColumnOrdinal", CASE WHEN count(DISTINCT "ColumnOrdinal") > 1 THEN 'ERROR(unknown CSL type:ERROR(columns are out of order))' ELSE CASE WHEN count(DISTINCT "DataType") > 1 THEN error('schema_merge: a column has two types, which this engine does not reduce to one.') ELSE first("DataType") END END AS "DataType", CASE WHEN count(DISTINCT "ColumnOrdinal") > 1 THEN 'ERROR(columns are out of order)' ELSE CASE WHEN count(DISTINCT "ColumnType") > 1 THEN error('schema_merge: a column has two types, which this engine does not reduce to one.') ELSE first("ColumnType") END END AS "ColumnType" FROM _5 GROUP BY "ColumnName" ORDER BY max("ColumnOrdinal"), "ColumnName"
)
SELECT "ColumnName", "ColumnOrdinal", "DataType", "ColumnType" FROM _6
