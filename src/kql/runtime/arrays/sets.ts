import { identityOf, isArray, type JsonValue } from '../json/exact-json';

type Items = readonly JsonValue[];

/** The distinct elements in the order in which they first appear. */
function distinct(items: Items): ReadonlyMap<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  for (const item of items) {
    const identity = identityOf(item);
    if (!found.has(identity)) found.set(identity, item);
  }
  return found;
}

const listOf = (value: JsonValue): Items => (isArray(value) ? value : []);

export function setUnion(arrays: readonly JsonValue[]): Items {
  return [...distinct(arrays.flatMap(listOf)).values()];
}

export function setIntersect(arrays: readonly JsonValue[]): Items {
  const others = arrays.slice(1).map((array) => distinct(listOf(array)));
  const first = distinct(listOf(arrays[0] ?? null));
  return [...first].filter(([identity]) => others.every((other) => other.has(identity))).map(([, item]) => item);
}

export function setDifference(arrays: readonly JsonValue[]): Items {
  const others = arrays.slice(1).map((array) => distinct(listOf(array)));
  const first = distinct(listOf(arrays[0] ?? null));
  return [...first].filter(([identity]) => !others.some((other) => other.has(identity))).map(([, item]) => item);
}

export function setHasElement(items: Items, value: JsonValue): boolean {
  const wanted = identityOf(value);
  return items.some((item) => identityOf(item) === wanted);
}

export function setEquals(first: Items, second: Items): boolean {
  const [a, b] = [distinct(first), distinct(second)];
  return a.size === b.size && [...a.keys()].every((identity) => b.has(identity));
}

/** The size of the intersection over that of the union; NaN for two empty sets. */
export function jaccardIndex(first: Items, second: Items): number {
  const [a, b] = [distinct(first), distinct(second)];
  const common = [...a.keys()].filter((identity) => b.has(identity)).length;
  return common / (a.size + b.size - common);
}
