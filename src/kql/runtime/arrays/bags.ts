import { isArray, isBag, type JsonBag, type JsonValue } from '../json/exact-json';

/** The steps of a key: one, or those of a JSON path such as `$.a.b` or `$['a']`. */
function stepsOf(key: string): readonly string[] {
  if (!key.startsWith('$.') && !key.startsWith('$[')) return [key];
  const steps = [...key.slice(1).matchAll(/\.([^.[]+)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/g)];
  return steps.map(([, plain, single, double]) => plain ?? single ?? double ?? '');
}

export function bagHasKey(bag: JsonBag, key: string): boolean {
  let node: JsonValue = bag;
  for (const step of stepsOf(key)) {
    if (!isBag(node) || !node.has(step)) return false;
    node = node.get(step) ?? null;
  }
  return true;
}

function without(bag: JsonBag, steps: readonly string[]): JsonBag {
  const [step = '', ...rest] = steps;
  const copy = new Map(bag);
  if (rest.length === 0) copy.delete(step);
  const inner = copy.get(step);
  if (rest.length > 0 && inner !== undefined && isBag(inner)) copy.set(step, without(inner, rest));
  return copy;
}

export function bagRemoveKeys(bag: JsonBag, keys: readonly JsonValue[]): JsonBag {
  return keys.reduce<JsonBag>((current, key) => (typeof key === 'string' ? without(current, stepsOf(key)) : current), bag);
}

function withValue(bag: JsonBag, steps: readonly string[], value: JsonValue): JsonBag {
  const [step = '', ...rest] = steps;
  const copy = new Map(bag);
  const inner = copy.get(step) ?? null;
  if (rest.length > 0) copy.delete(step);
  copy.set(step, rest.length === 0 ? value : withValue(isBag(inner) ? inner : new Map(), rest, value));
  return copy;
}

/** The bag with a key set; a path makes the bags on its way. */
export function bagSetKey(bag: JsonBag, key: string, value: JsonValue): JsonBag {
  return withValue(bag, stepsOf(key), value);
}

/** All keys of all bags; the first bag that has a key decides. null when nothing is a bag. */
export function bagMerge(bags: readonly JsonValue[]): JsonBag | null {
  const merged = new Map<string, JsonValue>();
  const found = bags.filter(isBag);
  for (const bag of found) for (const [key, value] of bag) if (!merged.has(key)) merged.set(key, value);
  return found.length === 0 ? null : merged;
}

/** A bag of keys and values of two arrays; keys that are no texts are passed over, values that are no array are null. */
export function bagZip(keys: JsonValue, values: JsonValue): JsonBag | null {
  if (!isArray(keys)) return null;
  const bag = new Map<string, JsonValue>();
  keys.forEach((key, index) => {
    if (typeof key === 'string' && !bag.has(key)) bag.set(key, isArray(values) ? (values[index] ?? null) : null);
  });
  return bag;
}
