/** How one type becomes another: text that is not wholly a number is null, a real loses its fraction, an overflow is null or the nearest end. */
export const convertMacros: readonly string[] = [
  `CREATE MACRO kql_wrap(h) AS (CASE WHEN h BETWEEN -9223372036854775808 AND 9223372036854775807 THEN h::BIGINT
    ELSE ((((h::HUGEINT + 9223372036854775808) & 18446744073709551615) - 9223372036854775808))::BIGINT END)`,
  `CREATE MACRO kql_wrap_int(x) AS (((x + 2147483648) & 4294967295) - 2147483648)`,
  `CREATE MACRO kql_long_of_text(s) AS CASE
    WHEN regexp_full_match(s, '\\s*[+-]?[0-9]+\\s*') THEN TRY_CAST(s AS BIGINT)
    WHEN regexp_full_match(s, '\\s*0[xX][0-9a-fA-F]{1,16}\\s*') THEN kql_wrap(TRY_CAST(trim(s) AS UBIGINT)::HUGEINT) END`,
  `CREATE MACRO kql_int_of_text(s) AS CASE
    WHEN regexp_full_match(s, '\\s*[+-]?[0-9]+\\s*') THEN TRY_CAST(s AS INTEGER)::BIGINT
    WHEN regexp_full_match(s, '\\s*0[xX][0-9a-fA-F]{1,8}\\s*') THEN kql_wrap_int(TRY_CAST(trim(s) AS BIGINT)) END`,
  `CREATE MACRO kql_real_of_text(s) AS CASE
    WHEN regexp_full_match(s, '\\s*[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?\\s*') THEN TRY_CAST(s AS DOUBLE)
    WHEN regexp_full_match(s, '\\s*[+-]?([nN][aA][nN]|[iI]nf|[iI]nfinity)\\s*') THEN TRY_CAST(trim(s) AS DOUBLE) END`,
  `CREATE MACRO kql_decimal_of_text(s) AS CASE
    WHEN regexp_full_match(s, '\\s*[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?\\s*') THEN TRY_CAST(s AS DECIMAL(38,18)) END`,
  `CREATE MACRO kql_bool_of_text(s) AS CASE lower(trim(s)) WHEN 'true' THEN true WHEN 'false' THEN false ELSE kql_long_of_text(s) <> 0 END`,
  `CREATE MACRO kql_guid_of_text(s) AS CASE
    WHEN regexp_full_match(replace(s, '-', ''), '\\s*[{(]?[0-9a-fA-F]{32}[)}]?\\s*')
    THEN lower(regexp_replace(replace(s, '-', ''), '\\s*[{(]?(.{8})(.{4})(.{4})(.{4})(.{12}).*', '\\1-\\2-\\3-\\4-\\5')) END`,
  // What is no number gives null; what is too great gives the greatest.
  `CREATE MACRO kql_long_of_real(x) AS CASE
    WHEN isnan(x) THEN NULL
    WHEN x >= 9223372036854775807 THEN 9223372036854775807
    WHEN x <= -9223372036854775808 THEN -9223372036854775808
    ELSE trunc(x)::BIGINT END`,
  `CREATE MACRO kql_int_of_real(x) AS CASE
    WHEN isnan(x) THEN NULL
    ELSE trunc(greatest(least(x, 2147483647), -2147483648))::BIGINT END`,
  `CREATE MACRO kql_text_of_real(x) AS CASE WHEN isnan(x) THEN 'NaN' ELSE coalesce(x::VARCHAR, '') END`,
  `CREATE MACRO kql_text_of_decimal(x) AS coalesce(regexp_replace(x::VARCHAR, '[.]?0+$', ''), '')`,
  `CREATE MACRO kql_text_of_bool(b) AS CASE b WHEN true THEN 'True' WHEN false THEN 'False' ELSE '' END`,
  // Every dynamic scalar: a number keeps its value, a text is read as text is, true is 1.
  `CREATE MACRO kql_long_of_json(j) AS CASE json_type(j)
    WHEN 'BIGINT' THEN TRY_CAST(j AS BIGINT) WHEN 'UBIGINT' THEN TRY_CAST(j AS BIGINT)
    WHEN 'DOUBLE' THEN kql_long_of_real(TRY_CAST(j AS DOUBLE))
    WHEN 'VARCHAR' THEN kql_long_of_text(json_extract_string(j, '$'))
    WHEN 'BOOLEAN' THEN CASE json_extract_string(j, '$') WHEN 'true' THEN 1 ELSE 0 END END`,
  `CREATE MACRO kql_int_of_json(j) AS CASE json_type(j)
    WHEN 'BIGINT' THEN TRY_CAST(TRY_CAST(j AS BIGINT) AS INTEGER)::BIGINT WHEN 'UBIGINT' THEN TRY_CAST(TRY_CAST(j AS BIGINT) AS INTEGER)::BIGINT
    WHEN 'DOUBLE' THEN kql_int_of_real(TRY_CAST(j AS DOUBLE))
    WHEN 'VARCHAR' THEN kql_int_of_text(json_extract_string(j, '$'))
    WHEN 'BOOLEAN' THEN CASE json_extract_string(j, '$') WHEN 'true' THEN 1 ELSE 0 END END`,
  `CREATE MACRO kql_real_of_json(j) AS CASE json_type(j)
    WHEN 'BIGINT' THEN TRY_CAST(j AS DOUBLE) WHEN 'UBIGINT' THEN TRY_CAST(j AS DOUBLE) WHEN 'DOUBLE' THEN TRY_CAST(j AS DOUBLE)
    WHEN 'VARCHAR' THEN kql_real_of_text(json_extract_string(j, '$'))
    WHEN 'BOOLEAN' THEN CASE json_extract_string(j, '$') WHEN 'true' THEN 1.0 ELSE 0.0 END END`,
  // Below a column of JSON: t is the text of j. A plain number is the same from both, and far sooner read from its text.
  `CREATE MACRO kql_long_of_member(t, j) AS CASE
    WHEN regexp_full_match(t, '-?[0-9]{1,18}') THEN CAST(t AS BIGINT) WHEN t IS NOT NULL THEN kql_long_of_json(j) END`,
  `CREATE MACRO kql_int_of_member(t, j) AS CASE
    WHEN regexp_full_match(t, '-?[0-9]{1,9}') THEN CAST(t AS BIGINT) WHEN t IS NOT NULL THEN kql_int_of_json(j) END`,
  `CREATE MACRO kql_real_of_member(t, j) AS CASE
    WHEN regexp_full_match(t, '0|-?[1-9][0-9]{0,14}|-?[0-9]{1,15}[.][0-9]{1,15}') THEN CAST(t AS DOUBLE) WHEN t IS NOT NULL THEN kql_real_of_json(j) END`,
  `CREATE MACRO kql_decimal_of_json(j) AS kql_decimal_of_text(json_extract_string(j, '$'))`,
  `CREATE MACRO kql_bool_of_json(j) AS CASE json_type(j)
    WHEN 'BOOLEAN' THEN json_extract_string(j, '$') = 'true'
    WHEN 'VARCHAR' THEN kql_bool_of_text(json_extract_string(j, '$'))
    WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL
    ELSE TRY_CAST(j AS DOUBLE) <> 0 END`,
  `CREATE MACRO kql_text_of_json(j) AS coalesce(json_extract_string(j, '$'), '')`,
  `CREATE MACRO kql_json_of_real(x) AS CASE
    WHEN isfinite(x) THEN to_json(x) WHEN isnan(x) THEN '"NaN"'::JSON WHEN x > 0 THEN '"Infinity"'::JSON WHEN x < 0 THEN '"-Infinity"'::JSON END`,
  `CREATE MACRO kql_json_of_datetime(t) AS to_json(kql_datetime_text(t))`,
  `CREATE MACRO kql_json_of_timespan(t) AS to_json(kql_timespan_text(t))`,
  // Text that is not JSON becomes a JSON string; 'null' is dynamic(null). DuckDB takes NaN and Infinity for JSON numbers, Kusto does not.
  `CREATE MACRO kql_parse_json(s) AS CASE WHEN s = '' THEN NULL
    WHEN starts_with(s, '{') OR starts_with(s, '[') THEN coalesce(TRY_CAST(s AS JSON), to_json(s))
    WHEN regexp_matches(s, '^\\s*-?[nNiI]') THEN CASE WHEN trim(s) = 'null' THEN NULL ELSE to_json(s) END
    ELSE coalesce(TRY_CAST(s AS JSON), to_json(s)) END`,
  `CREATE MACRO kql_gettype_json(j) AS CASE coalesce(json_type(j), 'NULL')
    WHEN 'OBJECT' THEN 'dictionary' WHEN 'ARRAY' THEN 'array' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool'
    WHEN 'DOUBLE' THEN 'real' WHEN 'NULL' THEN 'null' ELSE 'long' END`,
  `CREATE MACRO kql_isnull_json(j) AS (coalesce(json_type(j), 'NULL') = 'NULL')`,
];
