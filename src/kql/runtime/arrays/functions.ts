import { isArray, isBag, knownJson, plainText, realOf, writeJson, type JsonBag, type JsonValue } from '../json/exact-json';
import { lenient, strict, type RuntimeFunction, type RuntimeType } from '../runtime-function';
import {
  arrayIff,
  arrayIndexOf,
  arrayRotate,
  arrayShift,
  arraySlice,
  arraySort,
  arraySplit,
  arraySum,
  canonicalJson,
  itemsOf,
  treePath,
  zip,
} from './arrays';
import { bagHasKey, bagMerge, bagRemoveKeys, bagSetKey, bagZip } from './bags';
import { jaccardIndex, setDifference, setEquals, setHasElement, setIntersect, setUnion } from './sets';

type Items = readonly JsonValue[];

const written = (value: JsonValue): string | null => (value === null ? null : writeJson(value));

/** Over an array and integers: null unless the first argument is an array. */
function overArray(
  name: string,
  more: readonly RuntimeType[],
  compute: (items: Items, numbers: readonly number[]) => JsonValue,
): RuntimeFunction {
  return strict(name, { takes: ['VARCHAR', ...more], gives: 'VARCHAR' }, (...args) => {
    const items = itemsOf(args[0] as string);
    return items === null ? null : written(compute(items, args.slice(1).map(Number)));
  });
}

/** Over any number of values, which arrive as one JSON array. */
function overValues(name: string, compute: (values: Items) => JsonValue): RuntimeFunction {
  return strict(name, { takes: ['VARCHAR'], gives: 'VARCHAR' }, (json) => written(compute(itemsOf(json) ?? [])));
}

function overBag(
  name: string,
  more: readonly RuntimeType[],
  compute: (bag: JsonBag, rest: readonly (string | null)[]) => JsonValue,
): RuntimeFunction {
  return lenient(name, { takes: ['VARCHAR', ...more], gives: 'VARCHAR' }, (...args) => {
    const bag = knownJson(args[0] as string | null);
    return isBag(bag) ? written(compute(bag, args.slice(1) as (string | null)[])) : null;
  });
}

const numbersOf = (value: JsonValue): readonly number[] =>
  (isArray(value) ? value : [value]).map((item) => realOf(item) ?? Number(plainText(item)));

const sorting = (descending: boolean, name: string): RuntimeFunction =>
  strict(name, { takes: ['VARCHAR', 'BOOLEAN'], gives: 'VARCHAR' }, (json, nullsLast) =>
    writeJson(arraySort(itemsOf(json) ?? [], descending, nullsLast)),
  );

const arrayFunctions: readonly RuntimeFunction[] = [
  lenient(
    'kql_js_array_index_of',
    { takes: ['VARCHAR', 'VARCHAR', 'BIGINT', 'BIGINT', 'BIGINT'], gives: 'BIGINT' },
    (...[json, value, start, length, occurrence]) => {
      const items = itemsOf(json);
      const window = { start: Number(start ?? 0), length: Number(length ?? -1), occurrence: Number(occurrence ?? 1) };
      return items === null ? null : BigInt(arrayIndexOf(items, knownJson(value), window));
    },
  ),
  overArray('kql_js_array_slice', ['BIGINT', 'BIGINT'], (items, [start = 0, end = 0]) => arraySlice(items, start, end)),
  overArray('kql_js_array_reverse', [], (items) => [...items].reverse()),
  overArray('kql_js_array_rotate', ['BIGINT'], (items, [count = 0]) => arrayRotate(items, count)),
  lenient('kql_js_array_shift', { takes: ['VARCHAR', 'BIGINT', 'VARCHAR'], gives: 'VARCHAR' }, (json, count, fill) => {
    const items = itemsOf(json);
    return items === null || count === null ? null : writeJson(arrayShift(items, Number(count), knownJson(fill)));
  }),
  strict('kql_js_array_split', { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (json, at) => {
    const items = itemsOf(json);
    return items === null ? null : writeJson(arraySplit(items, numbersOf(knownJson(at))));
  }),
  sorting(false, 'kql_js_array_sort_asc'),
  sorting(true, 'kql_js_array_sort_desc'),
  lenient('kql_js_array_iff', { takes: ['VARCHAR', 'VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (json, yes, no) => {
    const items = itemsOf(json);
    return items === null ? null : writeJson(arrayIff(items, knownJson(yes), knownJson(no)));
  }),
  strict('kql_js_array_sum', { takes: ['VARCHAR'], gives: 'DOUBLE' }, (json) => arraySum(itemsOf(json) ?? [])),
  overValues('kql_js_zip', zip),
  strict('kql_js_treepath', { takes: ['VARCHAR'], gives: 'VARCHAR' }, (json) => writeJson(treePath(knownJson(json)))),
  strict('kql_js_canonical_json', { takes: ['VARCHAR'], gives: 'VARCHAR' }, (json) => canonicalJson(knownJson(json))),
];

const pair = ['VARCHAR', 'VARCHAR'] as const;

const setFunctions: readonly RuntimeFunction[] = [
  overValues('kql_js_set_union', setUnion),
  overValues('kql_js_set_intersect', setIntersect),
  overValues('kql_js_set_difference', setDifference),
  lenient('kql_js_set_has_element', { takes: pair, gives: 'BOOLEAN' }, (json, value) => {
    const items = itemsOf(json);
    return items === null ? null : setHasElement(items, knownJson(value));
  }),
  strict('kql_js_set_equals', { takes: pair, gives: 'BOOLEAN' }, (a, b) => setEquals(itemsOf(a) ?? [], itemsOf(b) ?? [])),
  strict('kql_js_jaccard_index', { takes: pair, gives: 'DOUBLE' }, (a, b) => jaccardIndex(itemsOf(a) ?? [], itemsOf(b) ?? [])),
];

const bagFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_bag_has_key', { takes: pair, gives: 'BOOLEAN' }, (json, key) => {
    const bag = knownJson(json);
    return isBag(bag) ? bagHasKey(bag, key) : null;
  }),
  overBag('kql_js_bag_remove_keys', ['VARCHAR'], (bag, [keys = null]) => bagRemoveKeys(bag, itemsOf(keys) ?? [])),
  overBag('kql_js_bag_set_key', ['VARCHAR', 'VARCHAR'], (bag, [key = null, value = null]) =>
    key === null ? null : bagSetKey(bag, key, knownJson(value)),
  ),
  overValues('kql_js_bag_merge', bagMerge),
  overValues('kql_js_bag_zip', ([keys = null, values = null]) => bagZip(keys, values)),
];

/** Dynamic arrays, sets and bags. Values are JSON text; null is dynamic(null). */
export const dynamicFunctions: readonly RuntimeFunction[] = [...arrayFunctions, ...setFunctions, ...bagFunctions];
