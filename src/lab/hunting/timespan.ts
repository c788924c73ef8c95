/** A stretch of time, the end excluded; an absent end is open. In milliseconds since 1970. */
export interface Timespan {
  readonly from?: number;
  readonly until?: number;
}

const units = {
  years: 365 * 86_400_000,
  months: 30 * 86_400_000,
  weeks: 7 * 86_400_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
};
const pattern =
  /^P(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<weeks>\d+)W)?(?:(?<days>\d+(?:\.\d+)?)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration; a month counts 30 days and a year 365. */
const duration = (text: string): number | undefined => {
  const groups = pattern.exec(text)?.groups;
  const parts = groups && Object.entries(groups).filter(([, value]) => value !== undefined);
  if (!parts || parts.length === 0) return undefined;
  return parts.reduce((sum, [unit, value]) => sum + Number(value) * units[unit as keyof typeof units], 0);
};

const instant = (text: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined;
  const zoned = /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? undefined : at;
};

const between = (start: string, end: string): Timespan | undefined => {
  const [from, until] = [instant(start), instant(end)];
  if (from !== undefined && until !== undefined) return { from, until };
  const [before, after] = [duration(start), duration(end)];
  if (from !== undefined && after !== undefined) return { from, until: from + after };
  return until !== undefined && before !== undefined ? { from: until - before, until } : undefined;
};

/** Reads a Timespan as Graph takes it: `P7D`, `start/end`, `start/P7D`, `P7D/end` or a start alone. Undefined when it is none of these. */
export const parseTimespan = (text: string, now: Date): Timespan | undefined => {
  const [first = '', second, ...rest] = text.trim().split('/');
  if (rest.length > 0) return undefined;
  if (second !== undefined) return between(first, second);
  const length = duration(first);
  if (length !== undefined) return { from: now.getTime() - length };
  const from = instant(first);
  return from === undefined ? undefined : { from };
};
