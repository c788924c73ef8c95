import { identityOf, isArray, jsonReal, knownJson, realOf, writeJson, type JsonValue } from '../json/exact-json';
import { lenient, type RuntimeFunction } from '../runtime-function';
import { isWhole } from './numbers';

type Items = readonly JsonValue[];

/** Which elements count as missing: nulls, and those equal to a placeholder. */
const missingIn = (placeholder: JsonValue): ((item: JsonValue) => boolean) => {
  const identity = placeholder === null ? undefined : identityOf(placeholder);
  return (item) => (identity === undefined ? item === null : item !== null && identityOf(item) === identity);
};

/** Each missing element becomes the last present one before it. */
export function fillForward(items: Items, missing: (item: JsonValue) => boolean): Items {
  let last: JsonValue | undefined;
  return items.map((item) => {
    if (!missing(item)) last = item;
    return last ?? item;
  });
}

export const fillBackward = (items: Items, missing: (item: JsonValue) => boolean): Items =>
  fillForward(items.toReversed(), missing).toReversed();

export interface LinearFill {
  readonly missing: (item: JsonValue) => boolean;
  readonly edges: boolean;
  readonly constant: JsonValue;
  /** Whole numbers stay whole: interpolated values are cut. */
  readonly whole: boolean;
}

/** The elements between two present ones, in proportion. */
function between(items: Items, [from, to]: readonly [number, number], whole: boolean): Items {
  const [a, b] = [realOf(items[from] ?? null) ?? NaN, realOf(items[to] ?? null) ?? NaN];
  return Array.from({ length: to - from - 1 }, (_, step) => {
    const value = a + ((b - a) * (step + 1)) / (to - from);
    return whole ? { raw: String(Math.trunc(value)) } : jsonReal(value);
  });
}

/** Between two present elements in proportion; at the edges the nearest one. */
export function fillLinear(items: Items, fill: LinearFill): Items {
  const known = [...items.keys()].filter((index) => !fill.missing(items[index] ?? null));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return items.map(() => fill.constant);
  const head = items.slice(0, first).map((item) => (fill.edges ? (items[first] ?? null) : item));
  const tail = items.slice(last + 1).map((item) => (fill.edges ? (items[last] ?? null) : item));
  const inner = known.flatMap((from, index) => [items[from] ?? null, ...between(items, [from, known[index + 1] ?? from + 1], fill.whole)]);
  return [...head, ...inner, ...tail];
}

function overItems(json: string | null, compute: (items: Items) => Items): string | null {
  const items = knownJson(json);
  return isArray(items) ? writeJson(compute(items)) : null;
}

const two = { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' } as const;

/** Filling of gaps in series; element types stay as they are. */
export const fillFunctions: readonly RuntimeFunction[] = [
  lenient('kql_js_series_fill_forward', two, (json, placeholder) =>
    overItems(json, (items) => fillForward(items, missingIn(knownJson(placeholder)))),
  ),
  lenient('kql_js_series_fill_backward', two, (json, placeholder) =>
    overItems(json, (items) => fillBackward(items, missingIn(knownJson(placeholder)))),
  ),
  lenient('kql_js_series_fill_const', { takes: ['VARCHAR', 'VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (json, constant, placeholder) => {
    const missing = missingIn(knownJson(placeholder));
    return overItems(json, (items) => items.map((item) => (missing(item) ? knownJson(constant) : item)));
  }),
  lenient(
    'kql_js_series_fill_linear',
    { takes: ['VARCHAR', 'VARCHAR', 'BOOLEAN', 'VARCHAR'], gives: 'VARCHAR' },
    (...[json, placeholder, edges, constant]) => {
      const fill = {
        missing: missingIn(knownJson(placeholder)),
        edges: edges ?? true,
        constant: knownJson(constant),
        whole: isWhole(json),
      };
      return overItems(json, (items) => fillLinear(items, fill));
    },
  ),
];
