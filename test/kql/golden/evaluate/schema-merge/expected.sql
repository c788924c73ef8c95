WITH _2 AS (
SELECT * FROM (VALUES ('a', 0::BIGINT, 'System.Int64', 'long')) AS _t("ColumnName", "ColumnOrdinal", "DataType", "ColumnType")
),
_3 AS (
SELECT "ColumnName", row_number() OVER (ORDER BY max("ColumnOrdinal"), "ColumnName") - 1 AS "ColumnOrdinal", first("DataType") AS "DataType", first("ColumnType") AS "ColumnType" FROM _2 GROUP BY "ColumnName" ORDER BY 2
)
SELECT "ColumnName", "ColumnOrdinal", "DataType", "ColumnType" FROM _3
