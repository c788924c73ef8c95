import type { LoadType } from '../requests';

/** How the text of one JSON cell becomes a column value. `value` is null where the text does not fit. */
export interface CellForm {
  readonly sqlType: string;
  /** Text cells are JSON strings without their quotes, or the JSON text of anything else; `json` cells are JSON text. */
  readonly cell: 'text' | 'json';
  readonly value: (text: string) => string;
  /** The same for a reading that fails on the first text that does not fit; absent where only `value` can tell. */
  readonly strict?: (text: string) => string;
}

const epochTicks = '621355968000000000';

/** TIMESTAMP_NS holds all seven digits but only the years 1678 to 2261; the rest goes through microseconds plus the seventh digit. */
const ticks = (x: string): string =>
  `coalesce(epoch_ns(TRY_CAST(${x} AS TIMESTAMP_NS)) // 100, epoch_us(TRY_CAST(${x} AS TIMESTAMP)) * 10 + coalesce(TRY_CAST(regexp_extract(${x}, '\\.\\d{6}(\\d)', 1) AS BIGINT), 0)) + ${epochTicks}`;

const timespanPattern = '^(-?)(?:(\\d+)\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,7}))?$';
const part = (x: string, group: number): string => `TRY_CAST('0' || regexp_extract(${x}, '${timespanPattern}', ${group}) AS BIGINT)`;
/** The sign is on both parts before they are added: the least timespan has no positive twin. */
const timespan = (x: string): string => {
  const sign = `(CASE WHEN ${x} LIKE '-%' THEN -1 ELSE 1 END)`;
  const seconds = `(((${part(x, 2)} * 24 + ${part(x, 3)}) * 60 + ${part(x, 4)}) * 60 + ${part(x, 5)})`;
  const fraction = `CAST(rpad(regexp_extract(${x}, '${timespanPattern}', 6), 7, '0') AS BIGINT)`;
  return `CASE WHEN regexp_matches(${x}, '${timespanPattern}') THEN ${sign} * ${seconds} * 10000000 + ${sign} * ${fraction} END`;
};

/** A type that DuckDB itself casts text to. */
const castTo = (sqlType: string): CellForm => ({
  sqlType,
  cell: 'text',
  value: (x) => `TRY_CAST(${x} AS ${sqlType})`,
  strict: (x) => `CAST(${x} AS ${sqlType})`,
});

export const cellForms: Readonly<Record<LoadType, CellForm>> = {
  bool: castTo('BOOLEAN'),
  int: castTo('INTEGER'),
  long: castTo('BIGINT'),
  real: castTo('DOUBLE'),
  decimal: {
    sqlType: 'VARCHAR',
    cell: 'text',
    value: (x) => `CASE WHEN regexp_matches(${x}, '^[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?$') THEN ${x} END`,
  },
  string: { sqlType: 'VARCHAR', cell: 'text', value: (x) => `coalesce(${x}, '')`, strict: (x) => `coalesce(${x}, '')` },
  datetime: { sqlType: 'BIGINT', cell: 'text', value: ticks },
  timespan: { sqlType: 'BIGINT', cell: 'text', value: timespan },
  guid: { sqlType: 'VARCHAR', cell: 'text', value: (x) => `lower(CAST(TRY_CAST(${x} AS UUID) AS VARCHAR))` },
  dynamic: { sqlType: 'JSON', cell: 'json', value: (x) => x, strict: (x) => x },
};
