import { isArray, isBag, isNumber, knownJson, writeJson, type JsonValue } from '../json/exact-json';
import { strict, type RuntimeFunction } from '../runtime-function';

/** What was seen in one place: names of scalar types in the order of their appearance, and the members of containers. */
interface Shape {
  readonly scalars: Set<string>;
  readonly members: Map<string, Shape>;
}

const indexer = '`indexer`';
const empty = (): Shape => ({ scalars: new Set(), members: new Map() });

function memberOf(shape: Shape, name: string): Shape {
  const known = shape.members.get(name) ?? empty();
  shape.members.set(name, known);
  return known;
}

function scalarName(value: JsonValue): string | undefined {
  if (isNumber(value)) return /^-?\d+$/.test(value.raw) ? 'long' : 'double';
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : undefined;
}

function look(value: JsonValue, shape: Shape): void {
  if (isBag(value)) for (const [key, item] of value) look(item, memberOf(shape, key));
  else if (isArray(value)) for (const item of value) look(item, memberOf(shape, indexer));
  else {
    const name = scalarName(value);
    if (name !== undefined) shape.scalars.add(name);
  }
}

function written(shape: Shape): JsonValue {
  const members = new Map([...shape.members].map(([key, member]) => [key, written(member)] as const));
  const kinds: JsonValue[] = [...shape.scalars, ...(members.size > 0 ? [members] : [])];
  return kinds.length === 1 ? (kinds[0] ?? null) : kinds;
}

/** buildschema(): the least schema that admits all values of a list. */
export function buildSchema(values: readonly JsonValue[]): JsonValue {
  const shape = empty();
  for (const value of values) look(value, shape);
  return written(shape);
}

export const schemaFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_buildschema', { takes: ['VARCHAR'], gives: 'VARCHAR' }, (json) => {
    const values = knownJson(json);
    return isArray(values) ? writeJson(buildSchema(values)) : null;
  }),
];
