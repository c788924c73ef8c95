/** Ticks of 100 ns in the units Kusto counts with. */
export const ticksPer = {
  tick: 1n,
  microsecond: 10n,
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** The last instant a datetime can hold: 9999-12-31T23:59:59.9999999Z. */
export const maxTicks = 3_155_378_975_999_999_999n;

/** Ticks of 1970-01-01. */
export const epochTicks = 621_355_968_000_000_000n;

export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Below a second, in ticks. */
  readonly fraction: number;
}

/** Ticks of a civil time; null when it names no instant (a thirteenth month, 30 February, year 10000). */
export function ticksOf(time: CivilTime): bigint | null {
  if (time.year < 1 || time.year > 9999 || time.hour > 23 || time.minute > 59 || time.second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(time.year, time.month - 1, time.day);
  if (date.getUTCMonth() !== time.month - 1 || date.getUTCDate() !== time.day) return null;
  date.setUTCHours(time.hour, time.minute, time.second);
  return BigInt(date.getTime()) * 10_000n + epochTicks + BigInt(time.fraction);
}

/** The civil time of ticks within the range of datetime. */
export function civilTimeOf(ticks: bigint): CivilTime {
  const fraction = Number(ticks % ticksPer.second);
  const date = new Date(Number((ticks - epochTicks - BigInt(fraction)) / 10_000n));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction,
  };
}

/** The digits after the point as ticks: '5' is half a second; digits beyond the seventh are cut. */
export function fractionTicks(digits: string | undefined): number {
  return Number((digits ?? '').padEnd(7, '0').slice(0, 7));
}
