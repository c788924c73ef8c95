import { fractionTicks, maxTicks, ticksOf, ticksPer } from './ticks';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const time = String.raw`(?:[T\s]+(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?\s*(?<half>[AP]M)?)?`;
const zone = String.raw`\s*(?<zone>Z|GMT|UTC|UT|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?`;
const weekday = String.raw`(?:[a-z]{3,9},?\s+)?`;
const month = String.raw`(?<name>[a-z]{3,9})\.?`;

/** The forms that datetime() and todatetime() read, most frequent first: ISO 8601, month first with slashes, RFC 822 and RFC 850. */
const forms = [
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})(?:[-/.](?<day>\d{1,2}))?${time}${zone}`,
  String.raw`(?<month>\d{1,2})[-/.](?<day>\d{1,2})[-/.](?<year>\d{4})${time}${zone}`,
  String.raw`${weekday}(?<day>\d{1,2})[-\s]${month}[-\s,](?<year>\d{4}|\d{2})${time}${zone}`,
  String.raw`${weekday}${month}\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})${time}${zone}`,
].map((form) => new RegExp(`^${form}$`, 'i'));

type Parts = Readonly<Record<string, string | undefined>>;

function yearOf(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function monthOf(parts: Parts): number {
  if (parts['name'] === undefined) return Number(parts['month']);
  return months.indexOf(parts['name'].slice(0, 3).toLowerCase()) + 1;
}

function hourOf(parts: Parts): number {
  const hour = Number(parts['hour'] ?? 0);
  if (parts['half'] === undefined) return hour;
  if (hour < 1 || hour > 12) return 99;
  return (hour % 12) + (parts['half'].toUpperCase() === 'PM' ? 12 : 0);
}

function offsetTicks(text: string | undefined): bigint {
  const found = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text ?? '');
  if (!found) return 0n;
  const ticks = BigInt(found[2] ?? 0) * ticksPer.hour + BigInt(found[3] ?? 0) * ticksPer.minute;
  return found[1] === '-' ? -ticks : ticks;
}

function instantOf(parts: Parts): bigint | null {
  const local = ticksOf({
    year: yearOf(parts['year'] ?? ''),
    month: monthOf(parts),
    day: Number(parts['day'] ?? 1),
    hour: hourOf(parts),
    minute: Number(parts['minute'] ?? 0),
    second: Number(parts['second'] ?? 0),
    fraction: fractionTicks(parts['fraction']),
  });
  if (local === null) return null;
  const ticks = local - offsetTicks(parts['zone']);
  return ticks < 0n || ticks > maxTicks ? null : ticks;
}

/** Reads a datetime as Kusto does (no zone means UTC); null when the text is none. */
export function parseDateTime(text: string): bigint | null {
  const trimmed = text.trim();
  for (const form of forms) {
    const found = form.exec(trimmed);
    if (found?.groups) return instantOf(found.groups);
  }
  return null;
}
