/** Positions count Unicode code points from 0, as DuckDB's characters do from 1. */
export const textMacros: readonly string[] = [
  `CREATE MACRO kql_substring_from(s, i) AS CASE WHEN i >= 0 THEN substr(s, i + 1) ELSE substr(s, greatest(length(s) + i, 0) + 1) END`,
  `CREATE MACRO kql_substring(s, i, n) AS CASE
    WHEN n <= 0 THEN '' WHEN i >= 0 THEN substr(s, i + 1, n) ELSE substr(s, greatest(length(s) + i, 0) + 1, n) END`,
  // One position for each distinct text between occurrences: non-overlapping matches of a plain needle.
  `CREATE MACRO kql_countof(s, x) AS CASE WHEN x = '' THEN 0 ELSE len(string_split(s, x)) - 1 END`,
  `CREATE MACRO kql_strcmp(a, b) AS CASE WHEN a < b THEN -1 WHEN a > b THEN 1 ELSE 0 END`,
  // The terms of a text, each between two spaces: a needle of letters and digits is one of them when it stands there with its spaces.
  `CREATE MACRO kql_terms(s) AS (' ' || regexp_replace(s, '[^\\p{L}\\p{N}]+', ' ', 'g') || ' ')`,
];
