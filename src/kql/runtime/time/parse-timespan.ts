import { fractionTicks, ticksPer } from './ticks';

const units: readonly (readonly [RegExp, bigint])[] = [
  [/^(d|day|days)$/, ticksPer.day],
  [/^(h|hr|hrs|hour|hours)$/, ticksPer.hour],
  [/^(m|min|minute|minutes)$/, ticksPer.minute],
  [/^(s|sec|second|seconds)$/, ticksPer.second],
  [/^(ms|milli|millis|millisec|millisecond|milliseconds)$/, ticksPer.millisecond],
  [/^(micro|micros|microsec|microsecond|microseconds)$/, ticksPer.microsecond],
  [/^(tick|ticks)$/, ticksPer.tick],
];

const clock =
  /^(?<sign>-)?(?:(?<days>\d+)[.:](?=\d+:\d+:))?(?<hours>\d{1,2}):(?<minutes>\d{1,2})(?::(?<seconds>\d{1,2})(?:\.(?<fraction>\d{1,7}))?)?$/;
const amount = /^(?<sign>[+-])?(?<number>\d+(?:\.\d+)?)\s*(?<unit>[a-z]+)$/i;

/** `2.5` of a unit in ticks, without passing through a float for whole numbers. */
function scaled(number: string, unit: bigint): bigint {
  const [whole = '0', part = ''] = number.split('.');
  return BigInt(whole) * unit + (BigInt(part || '0') * unit) / 10n ** BigInt(part.length);
}

function fromClock(parts: Readonly<Record<string, string | undefined>>): bigint | null {
  const [hours, minutes, seconds] = [Number(parts['hours']), Number(parts['minutes']), Number(parts['seconds'] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const day = BigInt(parts['days'] ?? 0) * ticksPer.day;
  const ticks = day + BigInt(hours * 3600 + minutes * 60 + seconds) * ticksPer.second + BigInt(fractionTicks(parts['fraction']));
  return parts['sign'] ? -ticks : ticks;
}

const limit = 2n ** 63n - 1n;
const bounded = (ticks: bigint | null): bigint | null => (ticks === null || ticks > limit ? null : ticks);

function fromAmount(parts: Readonly<Record<string, string | undefined>>): bigint | null {
  const unit = units.find(([pattern]) => pattern.test((parts['unit'] ?? '').toLowerCase()))?.[1];
  if (unit === undefined) return null;
  const ticks = scaled(parts['number'] ?? '0', unit);
  return parts['sign'] === '-' ? -ticks : ticks;
}

/** Reads a timespan: `[-][d.]hh:mm[:ss[.fffffff]]` or an amount with a unit such as `1.5h`; null when the text is none. */
export function parseTimespan(text: string): bigint | null {
  const trimmed = text.trim();
  const clockParts = clock.exec(trimmed)?.groups;
  if (clockParts) return bounded(fromClock(clockParts));
  const parts = amount.exec(trimmed)?.groups;
  return parts ? bounded(fromAmount(parts)) : null;
}
