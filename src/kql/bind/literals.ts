import type { ConstantValue } from '../translate/expression';

/** Ticks of 100 ns between 0001-01-01 and 1970-01-01. */
export const unixEpochTicks = 621355968000000000n;
export const ticksPerDay = 864000000000n;
export const maxDatetimeTicks = 3155378975999999999n;

const units: readonly (readonly [RegExp, bigint])[] = [
  [/^(d|days?)$/, ticksPerDay],
  [/^(h|hr|hrs|hours?)$/, 36000000000n],
  [/^(m|min|mins?|minutes?)$/, 600000000n],
  [/^(s|sec|secs?|seconds?)$/, 10000000n],
  [/^(ms|millis?|milliseconds?)$/, 10000n],
  [/^(micros?|microseconds?)$/, 10n],
  [/^(nanos?|nanoseconds?)$/, 0n],
  [/^(ticks?)$/, 1n],
];

const inside = (raw: string): string => {
  const open = raw.search(/[([]/);
  return (open < 0 ? raw : raw.slice(open + 1, -1)).trim().replace(/^(['"])(.*)\1$/s, '$2');
};

function unitTicks(amount: string, unit: string): bigint | null {
  const size = units.find(([pattern]) => pattern.test(unit))?.[1];
  if (size === undefined) return null;
  if (size === 0n) return BigInt(Math.trunc(Number(amount) / 100));
  const [whole = '0', fraction = ''] = amount.split('.');
  const scaled = BigInt(whole + fraction) * size;
  return scaled / 10n ** BigInt(fraction.length);
}

function clockSpan(text: string): bigint | null {
  const clock = /^(-?)(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7})\d*)?)?$/.exec(text);
  if (!clock) return null;
  const [day, hour, minute, second] = [clock[2], clock[3], clock[4], clock[5]].map((part) => BigInt(part ?? '0')) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  if (hour > 23n || minute > 59n || second > 59n) return null;
  const ticks = (((day * 24n + hour) * 60n + minute) * 60n + second) * 10000000n + BigInt((clock[6] ?? '').padEnd(7, '0'));
  return clock[1] ? -ticks : ticks;
}

/** "[-][d.]hh:mm[:ss[.fffffff]]", a number of days, or a number with a unit; null when it is none of these. */
export function timespanTicks(text: string): bigint | null {
  const trimmed = text.trim();
  const unit = /^(-?)(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(trimmed);
  if (unit) {
    const found = unitTicks(unit[2] as string, (unit[3] as string).toLowerCase());
    return found === null ? null : unit[1] ? -found : found;
  }
  return /^-?\d+$/.test(trimmed) ? BigInt(trimmed) * ticksPerDay : clockSpan(trimmed);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly rest: string;
}

/** Two digits are a year between 1950 and 2049. */
const fullYear = (text = ''): string => (text.length > 2 ? text : `${Number(text) < 50 ? '20' : '19'}${text}`);

const dateForms: readonly ((text: string) => DateParts | null)[] = [
  (text) => dateOf(/^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(.*)$/.exec(text), [1, 2, 3]),
  (text) => dateOf(/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)$/.exec(text), [3, 1, 2]),
  (text) => dateOf(/^(\d{4})(\d{2})(\d{2})(?=T|$)(.*)$/.exec(text), [1, 2, 3]),
  (text) => dateOf(/^(\d{4})()()()$/.exec(text), [1, 2, 3]),
  (text) => {
    const parts = /^(\d{4})\s*,\s*(\d{1,2})\s*,\s*(\d{1,2})(?:\s*,\s*(\d{1,2})\s*,\s*(\d{1,2})(?:\s*,\s*(\d{1,2}))?)?$/.exec(text);
    const clock = parts?.[4] ? [parts[4], parts[5], parts[6] ?? '0'].map((part) => (part ?? '').padStart(2, '0')).join(':') : '';
    return parts ? partsOf([parts[1], parts[3], clock], Number(parts[2])) : null;
  },
  (text) => {
    const named = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]([a-z]{3})[a-z]*[\s-](\d{4}|\d{2})(?!\d)(.*)$/i.exec(text);
    return named ? partsOf([fullYear(named[3]), named[1], named[4]], months.indexOf((named[2] as string).toLowerCase()) + 1) : null;
  },
  (text) => {
    const named = /^(?:[a-z]{3,9},?\s+)?([a-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{4})(.*)$/i.exec(text);
    return named ? partsOf([named[3], named[2], named[4]], months.indexOf((named[1] as string).toLowerCase()) + 1) : null;
  },
];

function partsOf([year, day, rest]: readonly (string | undefined)[], month: number): DateParts {
  return { year: Number(year), month, day: Number(day || 1), rest: (rest ?? '').trim() };
}

function dateOf(match: RegExpExecArray | null, order: readonly [number, number, number]): DateParts | null {
  return match ? partsOf([match[order[0]], match[order[2]], match[4]], Number(match[order[1]] || 1)) : null;
}

const twelveHours = (hour: number, half: string): number => (half === '' ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));

/** Minutes to add to come from a zone to UTC. */
function zoneMinutes(zone: string): number {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  return offset ? (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? 1 : -1) : 0;
}

function clockTicks(text: string): bigint | null {
  if (text === '') return 0n;
  const clock = /^T?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?\s*(am|pm)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(text);
  if (!clock) return null;
  const [hourText, minute, second, fraction, half, zone] = clock.slice(1).map((part) => part ?? '') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const hour = twelveHours(Number(hourText), half);
  if (hour > 24 || Number(minute) > 59 || Number(second) > 59) return null;
  const minutes = hour * 60 + Number(minute) + zoneMinutes(zone);
  return BigInt(minutes * 60 + Number(second)) * 10000000n + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

/** The ticks of a date and time as Kusto reads them; null when it does not read it or when it leaves the years 1 to 9999. */
export function datetimeTicks(text: string): bigint | null {
  const trimmed = text.trim();
  for (const form of dateForms) {
    const parts = form(trimmed);
    if (!parts) continue;
    const date = new Date(0);
    date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
    const clock = clockTicks(parts.rest);
    if (clock === null || parts.year < 1 || parts.month < 1 || date.getUTCMonth() !== parts.month - 1 || date.getUTCDate() !== parts.day)
      return null;
    const ticks = BigInt(date.getTime()) * 10000n + unixEpochTicks + clock;
    return ticks < 0n || ticks > maxDatetimeTicks ? null : ticks;
  }
  return null;
}

function integer(raw: string, bits: number): bigint | null {
  const text = inside(raw);
  if (!/^-?(0x[\da-f]+|\d+)$/i.test(text)) return null;
  const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
  return BigInt.asIntN(bits, value);
}

function real(raw: string): number | null {
  const text = inside(raw).toLowerCase();
  if (text === 'nan') return NaN;
  if (/^[+-]?inf(inity)?$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return text === '' || text === 'null' || Number.isNaN(Number(text)) ? null : Number(text);
}

/** "+5.10" and "1e2" as plain digits; null when it is no number. */
export function decimalText(text: string): string | null {
  const match = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text.trim());
  const shift = Number(match?.[4] ?? 0);
  if (!match || Math.abs(shift) > 40) return null;
  const [whole, fraction] = [match[2] ?? '', match[3] ?? ''];
  const point = whole.length + shift;
  const digits = point < 0 ? '0'.repeat(-point) + whole + fraction : (whole + fraction).padEnd(point, '0');
  const head = digits.slice(0, Math.max(point, 0)).replace(/^0+(?=\d)/, '');
  const tail = digits.slice(Math.max(point, 0));
  return `${match[1] === '-' ? '-' : ''}${head || '0'}${tail ? `.${tail}` : ''}`;
}

const guidText = (raw: string): string | null => {
  const digits = inside(raw).replace(/[-{}]/g, '').toLowerCase();
  return /^[\da-f]{32}$/.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null;
};

function boolean(raw: string): boolean | null {
  const text = inside(raw).toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) !== 0 : null;
}

function datetime(raw: string, now: bigint): bigint | null {
  const text = inside(raw);
  return text.toLowerCase() === 'now' ? now : datetimeTicks(text);
}

/**
 * The value of a literal from its text: the library's own literal values are wrong for hex, NaN, long timespans and sub-millisecond
 * times. `kind` is the SyntaxKind of the literal; undefined for a kind that is no literal.
 */
export function literalValue(kind: string, raw: string, now: bigint): ConstantValue | undefined {
  switch (kind) {
    case 'BooleanLiteralExpression':
      return boolean(raw);
    case 'IntLiteralExpression':
      return integer(raw, 32);
    case 'LongLiteralExpression':
      return integer(raw, 64);
    case 'RealLiteralExpression':
      return real(raw);
    case 'DecimalLiteralExpression':
      return decimalText(inside(raw));
    case 'DateTimeLiteralExpression':
      return datetime(raw, now);
    case 'TimespanLiteralExpression':
      return timespanTicks(/^(time|timespan)\s*\(/i.test(raw) ? inside(raw) : raw);
    case 'GuidLiteralExpression':
      return guidText(raw);
    case 'RawGuidLiteralExpression':
      return guidText(raw);
    default:
      return undefined;
  }
}
