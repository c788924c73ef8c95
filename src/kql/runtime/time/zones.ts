import { epochTicks, maxTicks, ticksOf } from './ticks';

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  let formatter: Intl.DateTimeFormat | null = null;
  try {
    formatter = new Intl.DateTimeFormat('en-US-u-ca-iso8601', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    // An unknown zone is a null answer, and is remembered as such.
  }
  if (formatters.size < 1_000) formatters.set(zone, formatter);
  return formatter;
}

/** How far the zone's clock is ahead of UTC at an instant, in ticks; null when there is no such zone. */
function offsetAt(ticks: bigint, zone: string): bigint | null {
  const formatter = formatterOf(zone);
  if (formatter === null) return null;
  const parts = formatter.formatToParts(new Date(Number((ticks - epochTicks) / 10_000n)));
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const found = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name);
  if (!found) return 0n;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return BigInt(found[1] === '-' ? -seconds : seconds) * 10_000_000n;
}

const inRange = (ticks: bigint): bigint | null => (ticks < 0n || ticks > maxTicks ? null : ticks);

/** The clock of a zone at an instant in UTC. */
export function utcToLocal(ticks: bigint, zone: string): bigint | null {
  const offset = offsetAt(ticks, zone);
  return offset === null ? null : inRange(ticks + offset);
}

/** The instant in UTC at which the zone's clock shows this; in the hour that a change of clocks repeats, the standard time. */
export function localToUtc(ticks: bigint, zone: string): bigint | null {
  const guess = offsetAt(ticks, zone);
  if (guess === null) return null;
  const settled = offsetAt(ticks - guess, zone);
  return settled === null ? null : inRange(ticks - settled);
}

/** make_datetime(): null where a part is out of its range; seconds may have a fraction. */
export function makeDateTime(
  date: readonly [number, number, number],
  hour: number,
  minuteAndSecond: readonly [number, number],
): bigint | null {
  const [minute, second] = minuteAndSecond;
  const whole = Math.floor(second);
  const fraction = Math.round((second - whole) * 1e7);
  if (hour < 0 || minute < 0 || second < 0) return null;
  return ticksOf({ year: date[0], month: date[1], day: date[2], hour, minute, second: whole, fraction });
}
