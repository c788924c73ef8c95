import { lenient, strict, type RuntimeFunction } from '../runtime-function';
import { operandOf, present, seriesOf, writeSeries, type Series } from './numbers';

const unary: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  ceiling: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  sign: (x) => (Number.isNaN(x) ? 0 : Math.sign(x)),
  sin: Math.sin,
  tan: Math.tan,
};

const binary: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow: (a, b) => a ** b,
  greater: (a, b) => a > b,
  greater_equals: (a, b) => a >= b,
  less: (a, b) => a < b,
  less_equals: (a, b) => a <= b,
  equals: (a, b) => a === b,
  not_equals: (a, b) => a !== b,
};

/** Element by element; one number stands for every element, and what is missing on one side is null. */
export function combine(
  left: Series | number | null,
  right: Series | number | null,
  apply: (a: number, b: number) => number | boolean,
): readonly (number | boolean | null)[] | null {
  const lengths = [left, right].filter((side): side is Series => Array.isArray(side)).map((side) => side.length);
  if (left === null || right === null || lengths.length === 0) return null;
  const at = (side: Series | number, index: number): number | null => (typeof side === 'number' ? side : (side[index] ?? null));
  return Array.from({ length: Math.max(...lengths) }, (_, index) => {
    const [a, b] = [at(left, index), at(right, index)];
    return a === null || b === null ? null : apply(a, b);
  });
}

export function dotProduct(left: Series | number | null, right: Series | number | null): number | null {
  const products = combine(left, right, (a, b) => a * b);
  if (products === null || products.includes(null)) return null;
  return (products as readonly number[]).reduce((sum, value) => sum + value, 0);
}

export const magnitude = (series: Series): number => Math.sqrt(present(series).reduce((sum, value) => sum + value * value, 0));

/** Pearson's correlation of two series of one length; null when one of them holds something else than numbers. */
export function pearson(left: Series, right: Series): number | null {
  if (left.length !== right.length || left.includes(null) || right.includes(null)) return null;
  const [a, b] = [left as readonly number[], right as readonly number[]];
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [average(a), average(b)];
  const sum = (f: (index: number) => number): number => a.reduce((total, _, index) => total + f(index), 0);
  const [da, db] = [(index: number): number => (a[index] ?? 0) - meanA, (index: number): number => (b[index] ?? 0) - meanB];
  return sum((i) => da(i) * db(i)) / Math.sqrt(sum((i) => da(i) ** 2) * sum((i) => db(i) ** 2));
}

const text1 = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;
const text2 = { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' } as const;
const real1 = { takes: ['VARCHAR'], gives: 'DOUBLE' } as const;
const real2 = { takes: ['VARCHAR', 'VARCHAR'], gives: 'DOUBLE' } as const;

/** Arithmetic over series. */
export const elementwiseFunctions: readonly RuntimeFunction[] = [
  ...Object.entries(unary).map(([name, apply]) =>
    strict(`kql_js_series_${name}`, text1, (json) => {
      const series = seriesOf(json);
      return series === null ? null : writeSeries(series.map((value) => (value === null ? null : apply(value))));
    }),
  ),
  ...Object.entries(binary).map(([name, apply]) =>
    strict(`kql_js_series_${name}`, text2, (left, right) => {
      const result = combine(operandOf(left), operandOf(right), apply);
      return result === null ? null : writeSeries(result);
    }),
  ),
  strict('kql_js_series_dot_product', real2, (left, right) => dotProduct(operandOf(left), operandOf(right))),
  strict('kql_js_series_magnitude', real1, (json) => {
    const series = seriesOf(json);
    return series === null ? null : magnitude(series);
  }),
  strict('kql_js_series_product', real1, (json) => {
    const series = seriesOf(json);
    return series === null || series.includes(null) ? null : present(series).reduce((product, value) => product * value, 1);
  }),
  lenient(
    'kql_js_series_cosine_similarity',
    { takes: ['VARCHAR', 'VARCHAR', 'DOUBLE', 'DOUBLE'], gives: 'DOUBLE' },
    (...[left, right, sizeLeft, sizeRight]) => {
      const [a, b] = [seriesOf(left), seriesOf(right)];
      const product = dotProduct(a, b);
      return a === null || b === null || product === null ? null : product / ((sizeLeft ?? magnitude(a)) * (sizeRight ?? magnitude(b)));
    },
  ),
  strict('kql_js_series_pearson', real2, (left, right) => {
    const [a, b] = [seriesOf(left), seriesOf(right)];
    return a === null || b === null ? null : pearson(a, b);
  }),
];
