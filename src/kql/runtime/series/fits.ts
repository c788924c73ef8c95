import { strict, lenient, type RuntimeFunction } from '../runtime-function';
import { present, seriesOf, squares, writeColumns } from './numbers';

/** A straight line through y over 1, 2, 3 ... */
export interface LineFit {
  readonly rsquare: number;
  readonly slope: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly interception: number;
  readonly fit: readonly number[];
}

/** Least squares; variances are those of a sample. */
export function fitLine(y: readonly number[]): LineFit {
  const n = y.length;
  const center = (n + 1) / 2;
  const average = y.reduce((sum, value) => sum + value, 0) / n;
  const spread = y.reduce((sum, _, x) => sum + (x + 1 - center) ** 2, 0);
  const slope = spread === 0 ? 0 : y.reduce((sum, value, x) => sum + (x + 1 - center) * (value - average), 0) / spread;
  const interception = average - slope * center;
  const fit = y.map((_, x) => interception + slope * (x + 1));
  return { ...quality(y, fit), slope, interception, fit };
}

/** How well a fit describes y. */
function quality(y: readonly number[], fit: readonly number[]): Pick<LineFit, 'rsquare' | 'variance' | 'rvariance'> {
  const total = squares(y);
  const rest = y.reduce((sum, value, x) => sum + (value - (fit[x] ?? 0)) ** 2, 0);
  const freedom = Math.max(y.length - 1, 1);
  return { rsquare: total === 0 ? 0 : 1 - rest / total, variance: total / freedom, rvariance: rest / freedom };
}

export interface TwoLines {
  readonly split: number;
  readonly rsquare: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly fit: readonly number[];
  readonly right: LineFit;
  readonly left: LineFit;
}

/** The split in two straight lines with the best r-square of the whole. */
export function fitTwoLines(y: readonly number[]): TwoLines | null {
  let best: TwoLines | null = null;
  for (let split = 1; split < y.length - 1; split += 1) {
    const [left, right] = [fitLine(y.slice(0, split)), fitLine(y.slice(split))];
    const fit = [...left.fit, ...right.fit];
    const whole = quality(y, fit);
    if (best === null || whole.rsquare > best.rsquare) best = { split, ...whole, fit, right, left };
  }
  return best;
}

/** Solves a small system of linear equations by elimination; undefined when it has no single answer. */
function solve(matrix: number[][]): readonly number[] | undefined {
  const size = matrix.length;
  const cell = (row: number, column: number): number => matrix[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const best = [...matrix.keys()]
      .slice(pivot)
      .reduce((top, row) => (Math.abs(cell(row, pivot)) > Math.abs(cell(top, pivot)) ? row : top), pivot);
    [matrix[pivot], matrix[best]] = [matrix[best] ?? [], matrix[pivot] ?? []];
    if (Math.abs(cell(pivot, pivot)) < 1e-12) return undefined;
    for (let row = 0; row < size; row += 1) {
      if (row === pivot) continue;
      const factor = cell(row, pivot) / cell(pivot, pivot);
      matrix[row] = (matrix[row] ?? []).map((value, column) => value - factor * cell(pivot, column));
    }
  }
  return [...matrix.keys()].map((row) => cell(row, size) / cell(row, row));
}

/** The polynomial of a degree through points, the highest power first. */
export function fitPolynomial(
  y: readonly number[],
  x: readonly number[],
  degree: number,
): { coefficients: readonly number[]; fit: readonly number[] } | null {
  const powers = Array.from({ length: degree + 1 }, (_, power) => power);
  const sum = (f: (index: number) => number): number => y.reduce((total, _, index) => total + f(index), 0);
  const at = (values: readonly number[], index: number): number => values[index] ?? 0;
  const matrix = powers.map((row) => [
    ...powers.map((column) => sum((i) => at(x, i) ** (row + column))),
    sum((i) => at(y, i) * at(x, i) ** row),
  ]);
  const ascending = solve(matrix);
  if (ascending === undefined) return null;
  const fit = y.map((_, index) => ascending.reduce((total, coefficient, power) => total + coefficient * at(x, index) ** power, 0));
  return { coefficients: ascending.toReversed(), fit };
}

const numbers = (json: string): readonly number[] | null => {
  const series = seriesOf(json);
  return series === null || series.length === 0 || series.includes(null) ? null : present(series);
};

const one = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;

const lineColumns = (line: LineFit): readonly number[] => [line.rsquare, line.slope, line.variance, line.rvariance, line.interception];
const sideColumns = (line: LineFit): readonly number[] => [line.rsquare, line.slope, line.interception, line.variance, line.rvariance];

/** Regressions over series; the results are one JSON array, in the order of the columns. */
export const fitFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_series_fit_line', one, (json) => {
    const y = numbers(json);
    if (y === null) return null;
    const line = fitLine(y);
    return writeColumns([...lineColumns(line), line.fit]);
  }),
  strict('kql_js_series_fit_2lines', one, (json) => {
    const y = numbers(json);
    const two = y === null ? null : fitTwoLines(y);
    if (two === null) return null;
    return writeColumns([
      two.rsquare,
      two.split,
      two.variance,
      two.rvariance,
      two.fit,
      ...sideColumns(two.right),
      ...sideColumns(two.left),
    ]);
  }),
  lenient('kql_js_series_fit_poly', { takes: ['VARCHAR', 'VARCHAR', 'BIGINT'], gives: 'VARCHAR' }, (json, xs, degree) => {
    const y = numbers(json ?? 'null');
    const x = xs === null ? y?.map((_, index) => index + 1) : numbers(xs);
    if (y === null || !x || x.length !== y.length) return null;
    const polynomial = fitPolynomial(y, x, Math.min(Math.max(Number(degree ?? 1n), 0), 20));
    if (polynomial === null) return null;
    const { rsquare, variance, rvariance } = quality(y, polynomial.fit);
    return writeColumns([rsquare, polynomial.coefficients, variance, rvariance, polynomial.fit]);
  }),
];
