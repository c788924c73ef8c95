import type { Window } from '../runs/run';

const duration = /^P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/i;
const instant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:\d\d))?$/i;

const toMs = (text: string): number | undefined => {
  const match = duration.exec(text);
  if (!match || /^P$|T$/i.test(text)) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
};

const toTime = (text: string): number | undefined => {
  if (!instant.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
};

const between = (from: number | undefined, to: number | undefined): Window | undefined => {
  if (from === undefined || to === undefined || !(from < to) || Math.abs(from) > 8e15) return undefined;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
};

const minus = (time: number | undefined, ms: number | undefined) => (time === undefined || ms === undefined ? undefined : time - ms);

/**
 * An ISO 8601 time span as Graph takes it (`P7D`, `start/end`, `start/P1D`, `P1D/end`, `start`) as an absolute window, told from
 * `now`: links and retries then mean the same rows later. undefined: not a time span.
 */
export const toWindow = (timespan: string, now: number): Window | undefined => {
  const [left = '', right, ...rest] = timespan.trim().split('/');
  if (rest.length > 0) return undefined;
  if (right === undefined) return toMs(left) === undefined ? between(toTime(left), now) : between(minus(now, toMs(left)), now);
  const start = toTime(left);
  const end = toTime(right);
  if (start !== undefined && end !== undefined) return between(start, end);
  if (start !== undefined) return between(start, toMs(right) === undefined ? undefined : start + toMs(right)!);
  return between(minus(end, toMs(left)), end);
};
