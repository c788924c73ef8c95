import { lenient, strict, type RuntimeFunction } from '../runtime-function';
import { present, seriesOf, writeColumns, writeSeries, type Series } from './numbers';

const at = (values: readonly number[], index: number): number => values[index] ?? 0;

export interface FirOptions {
  readonly normalize: boolean;
  readonly center: boolean;
}

/** A finite impulse response filter: each element is a weighted sum of its neighbours; beyond the ends there are zeros. */
export function fir(series: readonly number[], filter: readonly number[], options: FirOptions): readonly number[] {
  const sum = filter.reduce((total, value) => total + value, 0);
  const weights = options.normalize && sum !== 0 ? filter.map((value) => value / sum) : filter;
  const shift = options.center ? Math.floor(filter.length / 2) : 0;
  return series.map((_, index) => weights.reduce((total, weight, lag) => total + weight * at(series, index + shift - lag), 0));
}

/** An infinite impulse response filter: y = (sum of b x - sum of a y) / a0. */
export function iir(series: readonly number[], b: readonly number[], a: readonly number[]): readonly number[] {
  const output: number[] = [];
  for (let index = 0; index < series.length; index += 1) {
    const forward = b.reduce((total, weight, lag) => total + weight * at(series, index - lag), 0);
    const back = a.slice(1).reduce((total, weight, lag) => total + weight * at(output, index - lag - 1), 0);
    output.push((forward - back) / at(a, 0));
  }
  return output;
}

type Complex = readonly [number[], number[]];

/** The discrete Fourier transform by its definition: any length, and exact enough for series of a query. */
export function fourier([real, imaginary]: Complex, inverse: boolean): Complex {
  const size = real.length;
  const sign = inverse ? 1 : -1;
  const out: Complex = [[], []];
  for (let k = 0; k < size; k += 1) {
    let [x, y] = [0, 0];
    for (let n = 0; n < size; n += 1) {
      const angle = (sign * 2 * Math.PI * ((k * n) % size)) / size;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      x += at(real, n) * cos - at(imaginary, n) * sin;
      y += at(real, n) * sin + at(imaginary, n) * cos;
    }
    out[0].push(inverse ? x / size : x);
    out[1].push(inverse ? y / size : y);
  }
  return out;
}

/** The transform takes time that grows with the square of the length. */
const maxLength = 4_096;

const whole = (series: Series | null): readonly number[] | null => (series === null || series.includes(null) ? null : present(series));

const transform = (name: string, inverse: boolean): RuntimeFunction =>
  lenient(name, { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (json, imaginary) => {
    const real = whole(seriesOf(json));
    const other = imaginary === null ? real?.map(() => 0) : whole(seriesOf(imaginary));
    return real === null || !other || real.length > maxLength ? null : writeColumns(fourier([[...real], [...other]], inverse));
  });

/** Filters and transforms of series. */
export const filterFunctions: readonly RuntimeFunction[] = [
  lenient(
    'kql_js_series_fir',
    { takes: ['VARCHAR', 'VARCHAR', 'BOOLEAN', 'BOOLEAN'], gives: 'VARCHAR' },
    (...[json, filter, normalize, center]) => {
      const [series, weights] = [whole(seriesOf(json)), whole(seriesOf(filter))];
      return series === null || weights === null
        ? null
        : writeSeries(fir(series, weights, { normalize: normalize ?? true, center: center ?? false }));
    },
  ),
  strict('kql_js_series_iir', { takes: ['VARCHAR', 'VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (json, numerators, denominators) => {
    const [series, b, a] = [whole(seriesOf(json)), whole(seriesOf(numerators)), whole(seriesOf(denominators))];
    return series === null || b === null || a === null ? null : writeSeries(iir(series, b, a));
  }),
  transform('kql_js_series_fft', false),
  transform('kql_js_series_ifft', true),
];
