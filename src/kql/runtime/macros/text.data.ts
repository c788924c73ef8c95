/** Positions count Unicode code points from 0, as DuckDB's characters do from 1. */
export const textMacros: readonly string[] = [
  `CREATE MACRO kql_substring_from(s, i) AS CASE WHEN i >= 0 THEN substr(s, i + 1) WHEN length(s) + i >= 0 THEN substr(s, length(s) + i + 1) ELSE '' END`,
  `CREATE MACRO kql_substring(s, i, n) AS CASE
    WHEN n <= 0 THEN '' WHEN i >= 0 THEN substr(s, i + 1, n) WHEN length(s) + i >= 0 THEN substr(s, length(s) + i + 1, n) ELSE '' END`,
  `CREATE MACRO kql_strcmp(a, b) AS CASE WHEN a < b THEN -1 WHEN a > b THEN 1 ELSE 0 END`,
  // The terms of a text, each between two spaces: a needle of letters and digits is one of them when it stands there with its spaces.
  `CREATE MACRO kql_terms(s) AS (' ' || regexp_replace(s, '[^\\p{L}\\p{N}]+', ' ', 'g') || ' ')`,
];
