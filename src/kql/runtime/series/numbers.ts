import { isArray, isNumber, jsonReal, knownJson, realOf, writeJson, type JsonValue } from '../json/exact-json';

/** A series as numbers; an element that is no number is null. */
export type Series = readonly (number | null)[];

/** Reads a series; null when the value is no array. */
export function seriesOf(json: string | null): Series | null {
  const value = knownJson(json);
  return isArray(value) ? value.map((item) => realOf(item) ?? null) : null;
}

/** Reads a series or one number that stands for every element. */
export function operandOf(json: string | null): Series | number | null {
  const value = knownJson(json);
  if (isArray(value)) return value.map((item) => realOf(item) ?? null);
  return realOf(value) ?? null;
}

/** Whether every number of a series is whole, so that results may be too. */
export function isWhole(json: string | null): boolean {
  const value = knownJson(json);
  return isArray(value) && value.every((item) => item === null || (isNumber(item) && /^-?\d+$/.test(item.raw)));
}

export const numberValue = (value: number | boolean | null): JsonValue => (typeof value === 'number' ? jsonReal(value) : value);

export function writeSeries(values: readonly (number | boolean | null)[]): string {
  return writeJson(values.map(numberValue));
}

/** Several results of one function as one JSON array: a column each. */
export function writeColumns(columns: readonly (number | null | readonly (number | null)[])[]): string {
  return writeJson(columns.map((column) => (Array.isArray(column) ? column.map(numberValue) : numberValue(column as number | null))));
}

/** The numbers of a series without what is missing. */
export const present = (series: Series): readonly number[] => series.filter((value) => value !== null);

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The sum of squared distances from the mean. */
export function squares(values: readonly number[]): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0);
}

/** The percentile (0 to 100) of sorted numbers, between two of them in proportion. */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = ((sorted.length - 1) * percent) / 100;
  const low = Math.floor(rank);
  const [a = NaN, b = a] = [sorted[low], sorted[Math.min(low + 1, sorted.length - 1)]];
  return a + (b - a) * (rank - low);
}

export const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    50,
  );
