/** Times are ticks of 100 ns since 0001-01-01 (a Monday); 864000000000 ticks are a day, 3155378975999999999 is the last instant. */
export const timeMacros: readonly string[] = [
  `CREATE MACRO kql_clip(t) AS CASE WHEN t BETWEEN 0 AND 3155378975999999999 THEN t END`,
  `CREATE MACRO kql_date(t) AS (DATE '0001-01-01' + (t // 864000000000)::INTEGER)`,
  `CREATE MACRO kql_ticks_of_date(d) AS ((d - DATE '0001-01-01') * 864000000000)`,
  `CREATE MACRO kql_startofmonth(t, n) AS kql_clip(kql_ticks_of_date((date_trunc('month', kql_date(t)) + to_months(n::INTEGER))::DATE))`,
  `CREATE MACRO kql_endofmonth(t, n) AS kql_clip(kql_ticks_of_date((date_trunc('month', kql_date(t)) + to_months((n + 1)::INTEGER))::DATE) - 1)`,
  `CREATE MACRO kql_startofyear(t, n) AS kql_clip(kql_ticks_of_date((date_trunc('year', kql_date(t)) + to_months((n * 12)::INTEGER))::DATE))`,
  `CREATE MACRO kql_endofyear(t, n) AS kql_clip(kql_ticks_of_date((date_trunc('year', kql_date(t)) + to_months((n * 12 + 12)::INTEGER))::DATE) - 1)`,
  `CREATE MACRO kql_add_months(t, n) AS kql_clip(kql_ticks_of_date((kql_date(t) + to_months(n::INTEGER))::DATE) + t % 864000000000)`,
  `CREATE MACRO kql_dayofweek(t) AS CASE WHEN t < 3155378112000000000 THEN ((t // 864000000000 + 1) % 7) * 864000000000 END`,
  `CREATE MACRO kql_datetime_text(t) AS (strftime(make_timestamp(t // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || (t % 10) || 'Z')`,
  `CREATE MACRO kql_timespan_text(t) AS (
    CASE WHEN t < 0 THEN '-' ELSE '' END
    || CASE WHEN t NOT BETWEEN -863999999999 AND 863999999999 THEN abs(t // 864000000000) || '.' ELSE '' END
    || strftime(make_timestamp(abs(t % 864000000000) // 10), '%H:%M:%S')
    || CASE WHEN t % 10000000 = 0 THEN '' ELSE '.' || lpad(abs(t % 10000000)::VARCHAR, 7, '0') END)`,
  // Only text of the plain ISO form takes the fast way; everything else is read by the runtime function.
  `CREATE MACRO kql_datetime_of_text(s) AS CASE
    WHEN regexp_full_match(s, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?)?Z?')
    THEN epoch_us(TRY_CAST(rtrim(s, 'Z') AS TIMESTAMP)) * 10 + 621355968000000000
    ELSE kql_js_todatetime(s) END`,
];
