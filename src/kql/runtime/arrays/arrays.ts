import { identityOf, isArray, isBag, isNumber, knownJson, plainText, realOf, writeJson, type JsonValue } from '../json/exact-json';

type Items = readonly JsonValue[];

/** The elements of JSON text that is an array; null otherwise. */
export function itemsOf(json: string | null): Items | null {
  const value = knownJson(json);
  return isArray(value) ? value : null;
}

/** A position counted from the end when negative, kept inside the array. */
function position(index: number, length: number): number {
  return Math.min(Math.max(index < 0 ? length + index : index, 0), length);
}

export interface Window {
  readonly start: number;
  readonly length: number;
  readonly occurrence: number;
}

/** Where a value stands for the n-th time inside a window; -1 when it does not. */
export function arrayIndexOf(items: Items, value: JsonValue, window: Window): number {
  const wanted = identityOf(value);
  const start = position(window.start, items.length);
  const end = window.length < 0 ? items.length : Math.min(start + window.length, items.length);
  let left = window.occurrence;
  for (let index = start; index < end; index += 1) {
    if (identityOf(items[index] ?? null) !== wanted) continue;
    left -= 1;
    if (left === 0) return index;
  }
  return -1;
}

/** The elements from start to end, both included, negative positions from the end. */
export function arraySlice(items: Items, start: number, end: number): Items {
  const from = start < 0 ? Math.max(items.length + start, 0) : start;
  const to = end < 0 ? items.length + end : end;
  return items.slice(from, to + 1);
}

/** Cuts before each of the positions. */
export function arraySplit(items: Items, positions: readonly number[]): Items {
  const cuts = [0, ...positions.map((index) => position(index, items.length)), items.length];
  return cuts.slice(1).map((cut, index) => items.slice(cuts[index], cut));
}

/** Turns the array to the left; a negative count turns to the right. */
export function arrayRotate(items: Items, count: number): Items {
  if (items.length === 0) return items;
  const shift = ((count % items.length) + items.length) % items.length;
  return [...items.slice(shift), ...items.slice(0, shift)];
}

/** Moves the elements to the left and fills what becomes free; a negative count moves to the right. */
export function arrayShift(items: Items, count: number, fill: JsonValue): Items {
  return items.map((_, index) => {
    const from = index + count;
    return from >= 0 && from < items.length ? (items[from] ?? null) : fill;
  });
}

const rank = (value: JsonValue): number => {
  if (isNumber(value)) return 0;
  return typeof value === 'string' ? 1 : 2;
};

function compare(a: JsonValue, b: JsonValue): number {
  const byRank = rank(a) - rank(b);
  if (byRank !== 0) return byRank;
  if (isNumber(a) && isNumber(b)) return Number(a.raw) - Number(b.raw);
  const [left, right] = [plainText(a), plainText(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Sorts the first array, and the others as the first was sorted; an array of another length becomes null. */
export function arraySort(arrays: readonly JsonValue[], descending: boolean, nullsLast: boolean): readonly JsonValue[] {
  const first = arrays[0];
  if (first === undefined || !isArray(first)) return arrays.map(() => null);
  const nulls = [...first.keys()].filter((index) => first[index] === null);
  const rest = [...first.keys()].filter((index) => first[index] !== null);
  rest.sort((a, b) => (descending ? -1 : 1) * compare(first[a] ?? null, first[b] ?? null));
  const order = nullsLast ? [...rest, ...nulls] : [...nulls, ...rest];
  return arrays.map((array) => (isArray(array) && array.length === first.length ? order.map((index) => array[index] ?? null) : null));
}

/** Element by element the first or the second choice; a condition that is neither true nor false gives null. */
export function arrayIff(conditions: Items, whenTrue: JsonValue, whenFalse: JsonValue): Items {
  return conditions.map((condition, index) => {
    const truth = typeof condition === 'boolean' ? condition : isNumber(condition) ? Number(condition.raw) !== 0 : undefined;
    if (truth === undefined) return null;
    const choice = truth ? whenTrue : whenFalse;
    return isArray(choice) ? (choice[index] ?? null) : choice;
  });
}

/** Element by element an array of the elements of all arrays; shorter ones end in nulls. */
export function zip(arrays: readonly JsonValue[]): Items | null {
  if (arrays.some((array) => array !== null && !isArray(array))) return null;
  const lists = arrays.map((array) => (isArray(array) ? array : []));
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => lists.map((list) => list[index] ?? null));
}

/** The sum of the numbers; null for an empty array and where an element is no number. */
export function arraySum(items: Items): number | null {
  const numbers = items.filter((item) => item !== null).map(realOf);
  if (items.length === 0 || numbers.includes(undefined)) return null;
  return numbers.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** The paths below a bag or array, as treepath() lists them: the elements of an array share one path. */
export function treePath(value: JsonValue): readonly string[] {
  const below = (node: JsonValue, prefix: string): string[] => {
    if (isBag(node)) return [...node].flatMap(([key, item]) => [`${prefix}['${key}']`, ...below(item, `${prefix}['${key}']`)]);
    if (isArray(node)) return [`${prefix}[0]`, ...node.flatMap((item) => below(item, `${prefix}[0]`))];
    return [];
  };
  return [...new Set(below(value, ''))];
}

/** JSON with the keys of every bag in order: equal values have equal text. */
export function canonicalJson(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isBag(value)) return writeJson(value);
  const keys = [...value.keys()].sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value.get(key) ?? null)}`).join(',')}}`;
}
