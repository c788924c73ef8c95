import { strict, type RuntimeFunction } from '../runtime-function';
import { formatDateTime, formatTimespan } from './format';
import { parseDateTime } from './parse-datetime';
import { parseTimespan } from './parse-timespan';
import { localToUtc, makeDateTime, utcToLocal } from './zones';

const format = { takes: ['BIGINT', 'VARCHAR'], gives: 'VARCHAR' } as const;
const zone = { takes: ['BIGINT', 'VARCHAR'], gives: 'BIGINT' } as const;
const read = { takes: ['VARCHAR'], gives: 'BIGINT' } as const;
const parts = { takes: ['BIGINT', 'BIGINT', 'BIGINT', 'BIGINT', 'BIGINT', 'DOUBLE'], gives: 'BIGINT' } as const;

/** Reading and writing of times, time zones. */
export const timeFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_todatetime', read, parseDateTime),
  strict('kql_js_totimespan', read, parseTimespan),
  strict('kql_js_format_datetime', format, formatDateTime),
  strict('kql_js_format_timespan', format, formatTimespan),
  strict('kql_js_utc_to_local', zone, utcToLocal),
  strict('kql_js_local_to_utc', zone, localToUtc),
  strict('kql_js_make_datetime', parts, (...[year, month, day, hour, minute, second]) =>
    makeDateTime([Number(year), Number(month), Number(day)], Number(hour), [Number(minute), second]),
  ),
];
