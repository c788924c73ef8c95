import { fitLine } from './fits';
import { median, mean, percentile, present, type Series } from './numbers';

/** The repeating part of a series: the median of each phase; zeros where there is no period. */
export function seasonal(series: readonly number[], period: number, learned: number): readonly number[] {
  if (period <= 1 || period > learned) return series.map(() => 0);
  const phases = Array.from({ length: period }, (_, phase) =>
    median(series.slice(0, learned).filter((_value, index) => index % period === phase)),
  );
  return series.map((_, index) => phases[index % period] ?? 0);
}

/** How strongly a series repeats itself at a distance: its autocorrelation over the whole length, so that a few repetitions count little. */
function repetition(series: readonly number[], lag: number): number {
  const average = mean(series);
  const all = series.reduce((sum, value) => sum + (value - average) ** 2, 0);
  const shifted = series.slice(lag).reduce((sum, value, index) => sum + (value - average) * ((series[index] ?? 0) - average), 0);
  return all === 0 ? 0 : shifted / all;
}

/** The distance at which a series repeats itself most: from 4 to half its length; 0 when no peak reaches the threshold. */
export function bestPeriod(series: readonly number[], threshold: number): number {
  const highest = Math.floor(series.length / 2);
  const scores = Array.from({ length: highest + 2 }, (_, lag) => (lag < 3 ? 1 : repetition(series, lag)));
  let best = { length: 0, score: threshold };
  for (let length = 4; length <= highest; length += 1) {
    const score = scores[length] ?? 0;
    if (score >= best.score && score >= (scores[length - 1] ?? 0) && score > (scores[length + 1] ?? 0)) best = { length, score };
  }
  return best.length;
}

export interface Decomposition {
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
}

export interface DecomposeOptions {
  /** -1 finds the period, 0 is none. */
  readonly seasonality: number;
  readonly trend: string;
  readonly testPoints: number;
  readonly threshold: number;
}

function trendOf(values: readonly number[], kind: string, learned: number): readonly number[] {
  if (kind === 'none') return values.map(() => 0);
  if (kind === 'linefit') {
    const line = fitLine(values.slice(0, learned));
    return values.map((_, index) => line.interception + line.slope * (index + 1));
  }
  const average = mean(values.slice(0, learned));
  return values.map(() => average);
}

/** A series as season, trend and rest; what is missing counts as zero. */
export function decompose(series: Series, options: DecomposeOptions): Decomposition {
  const values = series.map((value) => value ?? 0);
  const learned = Math.max(values.length - options.testPoints, 1);
  const period = options.seasonality < 0 ? bestPeriod(values.slice(0, learned), options.threshold) : options.seasonality;
  const season = seasonal(values, period, learned);
  const rest = values.map((value, index) => value - (season[index] ?? 0));
  const trend = trendOf(rest, options.trend, learned);
  const baseline = trend.map((value, index) => value + (season[index] ?? 0));
  return { baseline, seasonal: season, trend, residual: values.map((value, index) => value - (baseline[index] ?? 0)) };
}

/** Tukey's score of each value: how many ranges between two percentiles it lies outside of them. */
export function outlierScores(series: Series, bounds: readonly [number, number], ignored: number | null): readonly number[] {
  const counted = (value: number | null): value is number => value !== null && value !== ignored;
  const sorted = present(series.filter(counted)).toSorted((a, b) => a - b);
  const [low, high] = [percentile(sorted, bounds[0]), percentile(sorted, bounds[1])];
  const range = high - low;
  return series.map((value) => {
    if (!counted(value) || range === 0) return 0;
    return value > high ? (value - high) / range : value < low ? (value - low) / range : 0;
  });
}
