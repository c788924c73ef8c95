import { code, skipSpace, skipValue } from './json-scan';
import type { HuntingType } from './column-types';

/**
 * One JSON value of an answer as the wire form of its column's type: JSON text again, exact. `undefined`: the value does not
 * have the declared type; the column is then kept as dynamic, so that nothing is lost or bent.
 */
export type ToWire = (json: string) => string | undefined;

const text = (json: string): string | undefined => {
  if (json.charCodeAt(0) !== code.quote) return undefined;
  return JSON.parse(json) as string;
};

const asString: ToWire = (json) => (json.charCodeAt(0) === code.quote ? json : JSON.stringify(json));

const bools = new Map([
  ['true', 'true'],
  ['false', 'false'],
  ['1', 'true'],
  ['0', 'false'],
]);
const asBool: ToWire = (json) => bools.get((text(json) ?? json).toLowerCase());

const integer = /^-?\d{1,19}$/;
const within =
  (low: bigint, high: bigint): ToWire =>
  (json) => {
    const digits = text(json) ?? json;
    if (!integer.test(digits)) return undefined;
    const value = BigInt(digits);
    return value < low || value > high ? undefined : value.toString();
  };

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const nonFinite = new Map([
  ['nan', '"NaN"'],
  ['infinity', '"Infinity"'],
  ['∞', '"Infinity"'],
  ['+infinity', '"Infinity"'],
  ['-infinity', '"-Infinity"'],
  ['-∞', '"-Infinity"'],
]);
const asReal: ToWire = (json) => {
  const value = text(json);
  if (value === undefined) return jsonNumber.test(json) ? json : undefined;
  return jsonNumber.test(value) ? value : nonFinite.get(value.toLowerCase());
};

const asDecimal: ToWire = (json) => {
  const digits = text(json) ?? json;
  return jsonNumber.test(digits) ? JSON.stringify(digits) : undefined;
};

const guid = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const asGuid: ToWire = (json) => {
  const found = guid.exec(text(json) ?? '')?.[1];
  return found === undefined ? undefined : `"${found.toLowerCase()}"`;
};

const instant = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/i;

/** Seven digits exactly; `undefined` where the text is finer than 100 ns. */
const sevenDigits = (digits: string): string | undefined => (/^\d{0,7}0*$/.test(digits) ? digits.slice(0, 7).padEnd(7, '0') : undefined);

const offsetMinutes = (zone: string): number =>
  /^[+-]/.test(zone) ? (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) : 0;

const wholeSeconds = (local: string, zone: string): string | undefined => {
  const time = Date.parse(`${local}Z`);
  // Date.parse accepts 31 February and 24:00; the round trip does not.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== local) return undefined;
  const utc = new Date(time - offsetMinutes(zone) * 60_000).toISOString();
  return utc.length === 24 ? utc.slice(0, 19) : undefined;
};

/** ISO 8601 in UTC with seven digits and `Z`; a text without a zone is UTC, as the services mean it. */
const toInstant = (value: string): string | undefined => {
  const [, day, clockTime, digits = '', zone = ''] = instant.exec(value) ?? [];
  if (day === undefined || clockTime === undefined) return undefined;
  const whole = wholeSeconds(`${day}T${clockTime}`, zone);
  const fraction = sevenDigits(digits);
  return whole === undefined || fraction === undefined ? undefined : `${whole}.${fraction}Z`;
};

const asDatetime: ToWire = (json) => {
  const value = toInstant(text(json) ?? '');
  return value === undefined ? undefined : `"${value}"`;
};

const clock = /^(-)?(?:(\d{1,8})\.)?(\d\d):([0-5]\d):([0-5]\d)(?:\.(\d{1,7}))?$/;
const asTimespan: ToWire = (json) => {
  const match = clock.exec(text(json) ?? '');
  if (!match || Number(match[3]) > 23) return undefined;
  const days = match[2] === undefined || Number(match[2]) === 0 ? '' : `${Number(match[2])}.`;
  const fraction = match[6] === undefined || Number(match[6]) === 0 ? '' : `.${match[6].padEnd(7, '0')}`;
  return `"${match[1] ?? ''}${days}${match[3]}:${match[4]}:${match[5]}${fraction}"`;
};

/** JSON without the white space between its tokens; strings are untouched. */
const compact = (json: string): string => json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, kept?: string) => kept ?? '');

/** A dynamic value may come as JSON or as text holding it; text counts as JSON only where it is a whole array or object. */
const asDynamic: ToWire = (json) => {
  const inner = text(json)?.trim();
  if (inner === undefined) return compact(json);
  if (!/^[[{]/.test(inner)) return json;
  try {
    const bytes = Buffer.from(inner);
    return skipSpace(bytes, skipValue(bytes, 0)) === bytes.length ? compact(inner) : json;
  } catch {
    return json;
  }
};

export const toWire: Readonly<Record<HuntingType, ToWire>> = {
  string: asString,
  bool: asBool,
  int: within(-(2n ** 31n), 2n ** 31n - 1n),
  long: within(-(2n ** 63n), 2n ** 63n - 1n),
  real: asReal,
  decimal: asDecimal,
  guid: asGuid,
  datetime: asDatetime,
  timespan: asTimespan,
  dynamic: asDynamic,
};
