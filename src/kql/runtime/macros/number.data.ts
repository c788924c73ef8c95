/** Arithmetic that DuckDB rounds, throws at or wraps otherwise than Kusto. */
export const numberMacros: readonly string[] = [
  // The largest multiple of the step not above the value; a step that is not positive gives null.
  `CREATE MACRO kql_bin_long(x, s) AS CASE WHEN s > 0 THEN x - (((x % s) + s) % s) END`,
  `CREATE MACRO kql_bin_real(x, s) AS CASE WHEN s > 0 THEN floor(x / s) * s END`,
  // A datetime is never negative: one remainder is enough.
  `CREATE MACRO kql_bin_datetime(t, s) AS CASE WHEN s > 0 THEN t - t % s END`,
  `CREATE MACRO kql_bin_at_long(x, s, o) AS CASE WHEN s > 0 THEN x - ((((x - o) % s) + s) % s) END`,
  `CREATE MACRO kql_bin_at_real(x, s, o) AS CASE WHEN s > 0 THEN floor((x - o) / s) * s + o END`,
  `CREATE MACRO kql_mod_long(a, b) AS CASE WHEN b <> 0 THEN ((a % abs(b)) + abs(b)) % abs(b) END`,
  `CREATE MACRO kql_mod_real(a, b) AS CASE WHEN b = 0 THEN 'NaN'::DOUBLE ELSE fmod(fmod(a, abs(b)) + abs(b), abs(b)) END`,
  `CREATE MACRO kql_log(x) AS CASE WHEN x > 0 THEN ln(x) WHEN x = 0 THEN '-Infinity'::DOUBLE END`,
  `CREATE MACRO kql_log2(x) AS CASE WHEN x > 0 THEN log2(x) WHEN x = 0 THEN '-Infinity'::DOUBLE END`,
  `CREATE MACRO kql_log10(x) AS CASE WHEN x > 0 THEN log10(x) WHEN x = 0 THEN '-Infinity'::DOUBLE END`,
  `CREATE MACRO kql_sqrt(x) AS CASE WHEN x >= 0 THEN sqrt(x) WHEN x IS NOT NULL THEN 'NaN'::DOUBLE END`,
  `CREATE MACRO kql_shift_left(x, n) AS kql_wrap((x::HUGEINT & ((1::HUGEINT << (63 - (n & 63))) * 2 - 1)) << (n & 63))`,
  `CREATE MACRO kql_shift_right(x, n) AS (x >> (n & 63))`,
  `CREATE MACRO kql_sign(x) AS CASE WHEN x > 0 AND NOT isnan(x) THEN 1 WHEN x < 0 THEN -1 WHEN x IS NOT NULL THEN 0 END`,
];
