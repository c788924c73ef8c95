import type { Column } from '../../../kql/schema';
import { kqlName } from '../results/kql-condition';

/** The table name of the earlier run's rows in a comparison. */
export const earlierTable = 'Earlier';

/** Columns that both runs have with one type, and that can be compared: dynamic values cannot. */
export const commonKeys = (now: readonly Column[], earlier: readonly Column[]): readonly Column[] =>
  now.filter((column) => column.type !== 'dynamic' && earlier.some(({ name, type }) => name === column.name && type === column.type));

const identities = ['ReportId', 'DeviceId', 'Timestamp'];

/**
 * The keys to begin with: an event's own identity (ReportId, DeviceId, Timestamp) where both runs carry it whole, else
 * every common column that is not a number, for a number usually is what changes.
 */
export const suggestedKeys = (common: readonly Column[]): readonly string[] => {
  const names = new Set(common.map(({ name }) => name));
  if (identities.every((name) => names.has(name))) return identities;
  const telling = common.filter(({ type }) => type === 'string' || type === 'guid' || type === 'bool' || type === 'datetime');
  return (telling.length > 0 ? telling : common).map(({ name }) => name);
};

/** KQL for "rows of this run whose keys the earlier run does not have". It is shown, and can be edited and asked again. */
export const newSinceQuery = (keys: readonly string[]): string =>
  ['Results', `| join kind=leftanti (${earlierTable}) on ${keys.map(kqlName).join(', ')}`].join('\n');
