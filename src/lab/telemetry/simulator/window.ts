/**
 * Time in the simulator: whole numbers of 100 ns since the start of the window (a double holds 30 days of them exactly, which it
 * would not do since year 1). What is written to files becomes KQL ticks by adding `origin`.
 */
export type Ticks = number;

export const second = 10_000_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const epochTicks = 621_355_968_000_000_000n;
const dayMs = 86_400_000;

export interface Window {
  /** KQL ticks of time 0: midnight (UTC), 30 days before the last day. */
  readonly origin: bigint;
  /** The moment after which nothing has happened yet. */
  readonly until: Ticks;
  /** Days in the window, the last, unfinished one included. */
  readonly days: number;
  /** ISO 8601 with seven digits, as answers carry a datetime. */
  iso(at: Ticks): string;
  /** The day of the week of a moment at an offset from UTC, 0 for Sunday. */
  weekday(at: Ticks, utcOffset: number): number;
}

/** The window of 30 full days and the day of `now` until `now`. */
export const createWindow = (now: Date): Window => {
  const start = Math.floor(now.getTime() / dayMs) * dayMs - 30 * dayMs;
  return {
    origin: epochTicks + BigInt(start) * 10_000n,
    until: (now.getTime() - start) * 10_000,
    days: 31,
    iso: (at) => {
      const ms = Math.floor(at / 10_000);
      return `${new Date(start + ms).toISOString().slice(0, 23)}${String(at - ms * 10_000).padStart(4, '0')}Z`;
    },
    weekday: (at, utcOffset) => new Date(start + at / 10_000 + utcOffset * 3_600_000).getUTCDay(),
  };
};
