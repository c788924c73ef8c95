/** Zones offered in the switch besides UTC and the reader's own; any IANA name works in the address. */
export const offeredZones = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
] as const;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatFor = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  if (formats.size < 100) formats.set(zone, made);
  return made;
};

/**
 * `2026-08-07T13:05:09.1234567Z` as `2026-08-07 15:05:09.1234567 +02:00` in `zone`: all seven digits stay, and the offset is
 * printed, because in the night of a clock change an hour comes twice. A text that is no such time comes back as it is.
 */
export const zoneText = (iso: string, zone: string): string => {
  const [, fraction = ''] = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.exec(iso) ?? [];
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  if (zone === 'UTC') return iso.replace('T', ' ').replace(/Z$/, ' UTC');
  const part = Object.fromEntries(
    formatFor(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const offset = (part['timeZoneName'] ?? '').replace('GMT', '') || '+00:00';
  const year = (part['year'] ?? '').padStart(4, '0');
  return `${year}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}:${part['second']}${fraction} ${offset}`;
};
