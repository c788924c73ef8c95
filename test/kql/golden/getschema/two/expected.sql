WITH _2 AS (
SELECT * FROM (VALUES ('a', 0::BIGINT, 'System.Int64', 'long'), ('b', 1::BIGINT, 'System.String', 'string')) AS _t("ColumnName", "ColumnOrdinal", "DataType", "ColumnType")
),
_3 AS (
SELECT "ColumnName", "ColumnType" FROM _2
)
SELECT "ColumnName", "ColumnType" FROM _3
