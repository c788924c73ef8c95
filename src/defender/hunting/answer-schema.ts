import { JsonFault } from './json-scan';
import { toHuntingType, type HuntingColumn } from './column-types';

const member = (item: object, name: string): unknown => {
  for (const [key, value] of Object.entries(item)) if (key.toLowerCase() === name) return value;
  return undefined;
};

/** The `schema` member of an answer (`name`/`Name`, `type`/`Type`) as columns. Throws JsonFault where it names no column, or one twice. */
export const readAnswerSchema = (json: Buffer): readonly HuntingColumn[] => {
  const items = JSON.parse(json.toString('utf8')) as unknown;
  if (!Array.isArray(items)) throw new JsonFault('a schema that is not a list');
  const seen = new Set<string>();
  return items.map((item: unknown) => {
    const name = typeof item === 'object' && item !== null ? member(item, 'name') : undefined;
    if (typeof name !== 'string') throw new JsonFault('a column without a name');
    if (seen.has(name)) throw new JsonFault('a column named twice');
    seen.add(name);
    return { name, type: toHuntingType(member(item as object, 'type')) };
  });
};
