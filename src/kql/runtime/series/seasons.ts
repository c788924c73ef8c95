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

/** How strongly a series repeats itself at a distance: the correlation with itself, shifted; 0 outside 4 .. half its length. */
export function periodScore(series: readonly number[], lag: number): number {
  if (lag < 4 || lag > series.length / 2) return 0;
  const [head, tail] = [series.slice(0, -lag), series.slice(lag)];
  const [a, b] = [mean(head), mean(tail)];
  const product = head.reduce((sum, value, index) => sum + (value - a) * ((tail[index] ?? 0) - b), 0);
  const scale = Math.sqrt(head.reduce((sum, value) => sum + (value - a) ** 2, 0) * tail.reduce((sum, value) => sum + (value - b) ** 2, 0));
  return scale === 0 ? 0 : Math.max(0, product / scale);
}

export interface Period {
  readonly length: number;
  readonly score: number;
}

/** The distances at which a series repeats itself most: local peaks, multiples of a better one left out. */
export function detectPeriods(series: readonly number[], bounds: readonly [number, number], count: number): readonly Period[] {
  const [low, high] = [Math.max(4, Math.ceil(bounds[0])), Math.min(Math.floor(series.length / 2), Math.floor(bounds[1]))];
  const scores = new Map<number, number>();
  const score = (lag: number): number => {
    const known = scores.get(lag) ?? periodScore(series, lag);
    scores.set(lag, known);
    return known;
  };
  const peaks: Period[] = [];
  for (let length = low; length <= high; length += 1) {
    if (score(length) > 0.3 && score(length) >= score(length - 1) && score(length) > score(length + 1))
      peaks.push({ length, score: score(length) });
  }
  const ranked = peaks.toSorted((a, b) => b.score - a.score);
  const kept = ranked.filter(
    (peak, index) =>
      !ranked.some(
        (other, rank) => peak.length % other.length === 0 && other.length < peak.length && (rank < index || other.score > peak.score * 0.8),
      ),
  );
  return kept.slice(0, count);
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

/** The best period of a series, 0 when none reaches the threshold. */
export function bestPeriod(series: readonly number[], threshold: number): number {
  const [best] = detectPeriods(series, [4, series.length / 2], 1);
  return best && best.score >= threshold ? best.length : 0;
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
