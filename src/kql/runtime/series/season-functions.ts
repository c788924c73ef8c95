import { lenient, type RuntimeFunction } from '../runtime-function';
import { mean, present, seriesOf, squares, writeColumns, writeSeries, type Series } from './numbers';
import { bestPeriod, decompose, outlierScores, seasonal, type Decomposition } from './seasons';

const numbers = (series: Series): readonly number[] => series.map((value) => value ?? 0);

/** The arguments of the three decompositions, as JSON and numbers, with their defaults. */
const decomposition = ['VARCHAR', 'BIGINT', 'VARCHAR', 'BIGINT', 'DOUBLE'] as const;

function parts(
  json: string | null,
  rest: readonly [bigint | null, string | null, bigint | null, number | null],
): { series: Series; result: Decomposition } | null {
  const series = seriesOf(json);
  const [seasonality, trend, testPoints, threshold] = rest;
  if (series === null || series.length === 0) return null;
  const options = {
    seasonality: Number(seasonality ?? -1n),
    trend: trend ?? 'avg',
    testPoints: Number(testPoints ?? 0n),
    threshold: threshold ?? 0.6,
  };
  return { series, result: decompose(series, options) };
}

const fences: Readonly<Record<string, readonly [number, number]>> = { tukey: [25, 75], ctukey: [10, 90] };

function stats(series: Series, ignore: boolean): readonly (number | null)[] {
  const finite = (value: number | null): value is number => value !== null && Number.isFinite(value);
  const values = present(series.filter(finite));
  if (values.length === 0 || (!ignore && values.length !== series.length)) return Array.from({ length: 7 }, () => null);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const variance = values.length < 2 ? 0 : squares(values) / (values.length - 1);
  return [min, series.indexOf(min), max, series.indexOf(max), mean(values), Math.sqrt(variance), variance];
}

/** Statistics, seasons and outliers of series; several results are one JSON array. */
export const seasonFunctions: readonly RuntimeFunction[] = [
  lenient('kql_js_series_stats', { takes: ['VARCHAR', 'BOOLEAN'], gives: 'VARCHAR' }, (json, ignore) => {
    const series = seriesOf(json);
    return series === null ? null : writeColumns(stats(series, ignore ?? false));
  }),
  lenient(
    'kql_js_series_outliers',
    { takes: ['VARCHAR', 'VARCHAR', 'DOUBLE', 'DOUBLE', 'DOUBLE'], gives: 'VARCHAR' },
    (...[json, kind, ignored, low, high]) => {
      const series = seriesOf(json);
      const bounds = kind === 'tukey' ? ([25, 75] as const) : ([low ?? 10, high ?? 90] as const);
      return series === null ? null : writeSeries(outlierScores(series, bounds, ignored));
    },
  ),
  lenient('kql_js_series_seasonal', { takes: ['VARCHAR', 'BIGINT', 'BIGINT'], gives: 'VARCHAR' }, (json, period, testPoints) => {
    const series = seriesOf(json);
    if (series === null) return null;
    const values = numbers(series);
    const learned = values.length - Number(testPoints ?? 0n);
    const length = period === null || period < 0n ? bestPeriod(values.slice(0, learned), 0.7) : Number(period);
    return writeSeries(seasonal(values, length, learned));
  }),
  lenient('kql_js_series_decompose', { takes: decomposition, gives: 'VARCHAR' }, (...[json, ...rest]) => {
    const found = parts(json, rest);
    return found && writeColumns([found.result.baseline, found.result.seasonal, found.result.trend, found.result.residual]);
  }),
  lenient(
    'kql_js_series_decompose_anomalies',
    { takes: [...decomposition, 'DOUBLE', 'VARCHAR'] as const, gives: 'VARCHAR' },
    (...[json, seasonality, trend, testPoints, limit, threshold, method]) => {
      const found = parts(json, [seasonality, trend, testPoints, limit]);
      if (found === null) return null;
      const scores = outlierScores(found.result.residual, fences[method ?? 'ctukey'] ?? [10, 90], null);
      const flags = scores.map((score) => (score > (threshold ?? 1.5) ? 1 : score < -(threshold ?? 1.5) ? -1 : 0));
      return writeColumns([flags, scores, found.result.baseline]);
    },
  ),
];
