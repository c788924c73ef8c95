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

/** Between two present elements in proportion; at the edges the nearest one. */
export function fillLinear(items: Items, fill: LinearFill): Items {
  const known = [...items.keys()].filter((index) => !fill.missing(items[index] ?? null));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return items.map(() => fill.constant);
  const filled = [...items];
  for (let k = 1; k < known.length; k += 1) {
    const [from = 0, to = 0] = [known[k - 1], known[k]];
    const [a = NaN, b = NaN] = [realOf(items[from] ?? null), realOf(items[to] ?? null)];
    for (let index = from + 1; index < to; index += 1) {
      const value = a + ((b - a) * (index - from)) / (to - from);
      filled[index] = fill.whole ? { raw: String(Math.trunc(value)) } : jsonReal(value);
    }
  }
  if (!fill.edges) return filled;
  return filled.map((item, index) => (index < first ? (items[first] ?? null) : index > last ? (items[last] ?? null) : item));
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
