import type { KqlType } from '../kql/schema';
import type { Parameter } from '../engine/requests';

const TICKS_AT_1970 = 621_355_968_000_000_000n;
const instantPattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7})\d*)?)?)?(?:Z|([+-]\d{2}):?(\d{2}))?$/i;

/** Minutes that a zone such as +02:00 is ahead of UTC. */
const zoneMinutes = (zone: string | undefined, minutes: string): number =>
  zone === undefined ? 0 : Number(zone) * 60 + (zone.startsWith('-') ? -1 : 1) * Number(minutes);

/** Ticks of an ISO 8601 time (UTC when it names no zone), or undefined when the text is none. */
export function datetimeTicks(text: string): bigint | undefined {
  const match = instantPattern.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone, minutes = '00'] = match;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds - zoneMinutes(zone, minutes) * 60_000) * 10_000n + BigInt(fraction.padEnd(7, '0')) + TICKS_AT_1970;
}

const timespanPattern = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;

/** Ticks of `[-][d.]hh:mm[:ss[.fffffff]]`, or undefined. */
export function timespanTicks(text: string): bigint | undefined {
  const match = timespanPattern.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const ticks = whole * 10_000_000n + BigInt(fraction.padEnd(7, '0'));
  const signed = sign === undefined ? ticks : -ticks;
  return BigInt.asIntN(64, signed) === signed ? signed : undefined;
}

const wholeNumber = (text: string): bigint | undefined => {
  if (!/^[-+]?\d{1,19}$/.test(text.trim())) return undefined;
  const value = BigInt(text.trim().replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
};

const number = (text: string): number | undefined => {
  const value = /^(NaN|[-+]?Infinity)$/.test(text)
    ? Number(text)
    : /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim())
      ? Number(text)
      : undefined;
  return value;
};

const truth = (text: string): boolean | undefined => ({ true: true, '1': true, false: false, '0': false })[text.trim().toLowerCase()];

/** JSON as it stands; a text that is none is meant as the string. */
const dynamicText = (text: string): string => {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
};

const readers: Readonly<Record<KqlType, (text: string) => Parameter | undefined>> = {
  bool: truth,
  int: wholeNumber,
  long: wholeNumber,
  real: number,
  decimal: number,
  string: (text) => text,
  datetime: datetimeTicks,
  timespan: timespanTicks,
  guid: (text) => text.trim().toLowerCase(),
  dynamic: dynamicText,
};

/** A value as a person or a link writes it, as the parameter to compare a store-form column with; undefined when it is no value of that type. */
export const parameterOf = (type: KqlType, text: string): Parameter | undefined => readers[type](text);
