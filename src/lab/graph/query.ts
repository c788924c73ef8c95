import { badRequest } from './directory-call';
import { meetsAll, parseFilter } from './filter';

type Query = Readonly<Record<string, unknown>>;
type Json = Readonly<Record<string, unknown>>;

/** The properties that `$select` names; undefined for all. */
export const selectOf = (query: Query): string[] | undefined =>
  typeof query['$select'] === 'string' ? query['$select'].split(',').map((name) => name.trim()) : undefined;

export const narrow = (object: Json, select: readonly string[] | undefined): Json =>
  select ? Object.fromEntries(Object.entries(object).filter(([name]) => name === 'id' || select.includes(name))) : object;

/** Those that `$filter` lets through; refuses what it cannot read, as Graph does. */
export const filtered = <One extends object>(all: readonly One[], query: Query): readonly One[] => {
  const text = query['$filter'];
  const conditions = parseFilter(typeof text === 'string' ? text : undefined);
  if (!conditions) throw badRequest(`Unsupported or invalid query filter clause: ${String(text)}.`);
  return all.filter((one) => meetsAll(one as Json, conditions));
};
