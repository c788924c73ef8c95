import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';
import { constantOf } from '../translate/literal';
import { maxTicks } from '../runtime/time/ticks';
import { castTo, constantString } from './coerce';
import { formattedSql } from './datetime-format';
import { aliases, at, call, gives, macro, row, settledText, type Emit } from './define';
import type { FunctionRow } from './function-row';

const day = 864000000000n;
const units: Readonly<Record<string, bigint>> = {
  week: 7n * day,
  day,
  hour: 36000000000n,
  minute: 600000000n,
  second: 10000000n,
  millisecond: 10000n,
  microsecond: 10n,
};
const calendar: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

const clipped = (sql: string): string => `(kql_clip(${sql}))`;

/** now() and ago(): one instant for the whole query, known while translating, so that a look-back is a plain number. */
const instant =
  (sign: 1n | -1n): Emit =>
  (args, context) => {
    const offset = args[0];
    if (offset === undefined) return constantOf(context.nowTicks, 'datetime');
    const value = offset.constant?.value;
    if (typeof value !== 'bigint') return `(${context.nowTicks} ${sign > 0n ? '+' : '-'} ${offset.sql})`;
    const ticks = context.nowTicks + sign * value;
    return constantOf(ticks < 0n || ticks > maxTicks ? null : ticks, 'datetime');
  };

/** startofday() and its relatives below a month: a remainder; `shift` moves the origin, a Monday, to where weeks begin. */
const startOf =
  (size: bigint, shift: bigint, last: bigint): Emit =>
  (args, context) =>
    context.once(at(args, 0).sql, (time) => {
      const start = `${time} - (${shift === 0n ? time : `(${time} + ${shift})`} % ${size})`;
      const offset = args[1];
      const moved = last === 0n ? `(${start})` : `(${start} + ${last})`;
      // The first and the last week reach beyond the years 1 to 9999.
      if (offset === undefined) return shift === 0n ? moved : clipped(moved);
      return context.once(`(${start} + ${last} + ${offset.sql} * ${size})`, clipped);
    });

const monthly =
  (name: string): Emit =>
  (args, context) =>
    context.once(at(args, 0).sql, (time) => `(${name}(${time}, ${args[1]?.sql ?? '0'}))`);

const part = (args: readonly Expression[], context: EmitContext): string => settledText(args, 0, context).toLowerCase();

/** A count of units that keeps every sum within 64 bits; what leaves the range of datetime becomes null afterwards. */
function bounded(amount: Expression, size: bigint): string {
  const most = maxTicks / size + 1n;
  const known = amount.constant?.value;
  if (typeof known === 'bigint' && known <= most && known >= -most) return amount.sql;
  return `greatest(least(${castTo(amount, 'long')}, ${most}), -${most})`;
}

const datetimeAdd: Emit = (args, context) => {
  const unit = part(args, context);
  const [amount, time] = [at(args, 1), at(args, 2).sql];
  const months = calendar[unit];
  if (months !== undefined)
    return context.onceAll([time, `${bounded(amount, 30n * day)} * ${months}`], ([t, n]) => `(kql_add_months(${t}, ${n}))`);
  const size = units[unit];
  if (size === undefined)
    return unit === 'nanosecond' ? context.once(`(${time} + ${castTo(amount, 'long')} // 100)`, clipped) : unknownPart(unit, context);
  return context.once(`(${time} + ${bounded(amount, size)} * ${size})`, clipped);
};

const unknownPart = (unit: string, context: EmitContext): never => context.refuse(`'${unit}' is not a part of a datetime.`);

/** Boundaries crossed between two instants: 23:59 and 00:01 are a day apart. */
const datetimeDiff: Emit = (args, context) => {
  const unit = part(args, context);
  return context.onceAll([at(args, 1).sql, at(args, 2).sql], ([a = '', b = '']) => {
    if (calendar[unit] !== undefined) return `(${calendarIndex(unit, a)} - ${calendarIndex(unit, b)})`;
    if (unit === 'week') return `CAST((${a} + ${day}) // ${7n * day} - (${b} + ${day}) // ${7n * day} AS DOUBLE)`;
    if (unit === 'nanosecond') return `((${a} - ${b}) * 100)`;
    const size = units[unit];
    return size === undefined ? unknownPart(unit, context) : `(${a} // ${size} - ${b} // ${size})`;
  });
};

function calendarIndex(unit: string, time: string): string {
  const year = `year(kql_date(${time}))`;
  return unit === 'year' ? year : `(${year} * ${unit === 'month' ? 12 : 4} + ${unit}(kql_date(${time})))`;
}

const datePart =
  (name: string): ((time: string) => string) =>
  (time) =>
    `${name}(kql_date(${time}))`;

const below =
  (unit: bigint, count: bigint): ((time: string) => string) =>
  (time) =>
    `(${time} // ${unit} % ${count})`;

const parts: Readonly<Record<string, (time: string) => string>> = {
  year: datePart('year'),
  quarter: datePart('quarter'),
  month: datePart('month'),
  week_of_year: datePart('week'),
  weekofyear: datePart('week'),
  day: datePart('day'),
  dayofyear: datePart('dayofyear'),
  hour: below(36000000000n, 24n),
  minute: below(600000000n, 60n),
  second: below(10000000n, 60n),
  millisecond: below(10000n, 1000n),
  microsecond: below(10n, 1000000n),
  nanosecond: (time) => `(${time} % 10000000 * 100)`,
};

const datetimePart: Emit = (args, context) => {
  const unit = part(args, context);
  return parts[unit]?.(at(args, 1).sql) ?? unknownPart(unit, context);
};

const fixedPart =
  (unit: string): Emit =>
  (args, context) =>
    parts[unit]?.(at(args, 0).sql) ?? unknownPart(unit, context);

const long = { returns: gives('long') };
const datetime = { returns: gives('datetime') };

const makeDatetime: Emit = (args) => {
  if (args.length === 1) return castTo(at(args, 0), 'datetime');
  const whole = [0, 1, 2, 3, 4].map((index) => (args[index] ? castTo(args[index], 'long') : '0'));
  return `kql_js_make_datetime(${whole.join(', ')}, ${args[5] ? castTo(args[5], 'real') : '0.0'})`;
};

const makeTimespan: Emit = (args, context) => {
  if (args.length === 1) return castTo(at(args, 0), 'timespan');
  const days = args.length === 4 ? [castTo(at(args, 0), 'long')] : ['0'];
  const [hours = '0', minutes = '0'] = args.slice(args.length === 4 ? 1 : 0).map((arg) => castTo(arg, 'long'));
  const seconds = args[args.length === 4 ? 3 : 2];
  return context.onceAll(
    [...days, hours, minutes, seconds ? castTo(seconds, 'real') : '0.0'],
    ([d, h, m, s]) =>
      `(CASE WHEN ${h} BETWEEN 0 AND 23 AND ${m} BETWEEN 0 AND 59 AND ${s} >= 0 AND ${s} < 60 THEN ${d} * 864000000000 + ${h} * 36000000000 + ${m} * 600000000 + CAST(round(${s} * 10000000) AS BIGINT) END)`,
  );
};

/** Unix time in units of so many ticks (below one for nanoseconds); fractions of a tick are cut. */
const unixtime =
  (ticks: bigint): Emit =>
  (args, context) => {
    const arg = at(args, 0);
    const real = arg.type === 'real' || arg.type === 'decimal';
    const scaled =
      ticks === 0n
        ? `${castTo(arg, real ? 'real' : 'long')} / 100`
        : real
          ? `${castTo(arg, 'real')} * ${ticks}`
          : `${bounded(arg, ticks)} * ${ticks}`;
    return context.once(
      `(621355968000000000 + ${real || ticks === 0n ? `least(kql_long_of_real(${scaled}), ${maxTicks})` : scaled})`,
      clipped,
    );
  };

const formatted =
  (name: string): Emit =>
  (args) =>
    `coalesce(${name}(${at(args, 0).sql}, ${castTo(at(args, 1), 'string')}), '')`;

const formatDatetime: Emit = (args, context) => {
  const format = constantString(args[1]);
  const time = at(args, 0).sql;
  const native = format !== undefined && formattedSql('x', format) !== undefined;
  return native ? context.once(time, (name) => formattedSql(name, format) ?? '') : formatted('kql_js_format_datetime')(args, context);
};

/** The distance to the other side at most a delta, both ends included. */
const around: Emit = (args, context) => {
  const first = at(args, 0);
  const isTime = first.type === 'datetime' || first.type === 'timespan';
  const real = args.some(({ type }) => type === 'real' || type === 'decimal');
  const type = isTime ? first.type : real ? 'real' : 'long';
  const sides = [castTo(first, type), castTo(at(args, 1), type), castTo(at(args, 2), type === 'datetime' ? 'timespan' : type)];
  return context.onceAll(sides, ([value, center, delta]) => `(${value} BETWEEN ${center} - ${delta} AND ${center} + ${delta})`);
};

const isConstant = (args: readonly Expression[], index: number): string | undefined => {
  const value = args[index]?.constant?.value;
  return typeof value === 'string' ? value.toLowerCase() : undefined;
};

/** Times (R-49): integer arithmetic on ticks. */
export const timeFunctionRows: readonly FunctionRow[] = [
  row('now', 'R-49', instant(1n)),
  row('ago', 'R-49', instant(-1n)),
  row('startofday', 'R-49', startOf(day, 0n, 0n), datetime),
  row('startofweek', 'R-49', startOf(7n * day, day, 0n), datetime),
  row('startofmonth', 'R-49', monthly('kql_startofmonth'), datetime),
  row('startofyear', 'R-49', monthly('kql_startofyear'), datetime),
  row('endofday', 'R-49', startOf(day, 0n, day - 1n), datetime),
  row('endofweek', 'R-49', startOf(7n * day, day, 7n * day - 1n), datetime),
  row('endofmonth', 'R-49', monthly('kql_endofmonth'), datetime),
  row('endofyear', 'R-49', monthly('kql_endofyear'), datetime),
  row('datetime_add', 'R-49', datetimeAdd, datetime),
  row('datetime_diff', 'R-49', datetimeDiff, { returns: (args) => (isConstant(args, 0) === 'week' ? 'real' : 'long') }),
  ...aliases(row('datetime_part', 'R-49', datetimePart, long), 'datepart'),
  row('dayofweek', 'R-49', macro('kql_dayofweek', 'datetime'), { returns: gives('timespan') }),
  row('dayofmonth', 'R-49', fixedPart('day'), long),
  row('dayofyear', 'R-49', fixedPart('dayofyear'), long),
  row('hourofday', 'R-49', fixedPart('hour'), long),
  ...aliases(row('week_of_year', 'R-49', fixedPart('week_of_year'), long), 'weekofyear'),
  row('monthofyear', 'R-49', fixedPart('month'), long),
  row('getmonth', 'R-49', fixedPart('month'), long),
  row('getyear', 'R-49', fixedPart('year'), long),
  row('make_datetime', 'R-49', makeDatetime, datetime),
  row('make_timespan', 'R-49', makeTimespan, { returns: gives('timespan') }),
  row('format_datetime', 'R-49', formatDatetime, { returns: gives('string') }),
  row('format_timespan', 'R-49', formatted('kql_js_format_timespan'), { returns: gives('string') }),
  row('unixtime_seconds_todatetime', 'R-49', unixtime(10000000n), datetime),
  row('unixtime_milliseconds_todatetime', 'R-49', unixtime(10000n), datetime),
  row('unixtime_microseconds_todatetime', 'R-49', unixtime(10n), datetime),
  row('unixtime_nanoseconds_todatetime', 'R-49', unixtime(0n), datetime),
  row('datetime_utc_to_local', 'R-49', call('kql_js_utc_to_local', 'datetime', 'string'), datetime),
  row('datetime_local_to_utc', 'R-49', call('kql_js_local_to_utc', 'datetime', 'string'), datetime),
  row('around', 'R-49', around, { returns: gives('bool') }),
];
