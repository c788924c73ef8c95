import { randomUUID } from 'node:crypto';
import type { Cut, Run, Slice } from './run';

/** Below this a slice is not cut any finer: so many rows in a second are told, not hidden. */
const finestMs = 1_000;

const sliceable = new Set<Cut | null>(['rows', 'bytes', 'time']);

const widthMs = (slice: Slice): number => Date.parse(slice.window.to) - Date.parse(slice.window.from);

/** Whether time slices of this run's query add up exactly to its answer; if not, why. */
export const sliceability = (
  run: Pick<Run, 'analysis'>,
): { readonly exact: true; readonly timeColumn: string } | { readonly exact: false; readonly why: string } => {
  const { rowWise } = run.analysis;
  if (!rowWise) return { exact: false, why: 'Quarry could not tell whether the query works row by row.' };
  return 'timeColumn' in rowWise ? { exact: true, timeColumn: rowWise.timeColumn } : { exact: false, why: rowWise.why };
};

/** A cut slice that finer slices can replace exactly. */
export const canBeSliced = (run: Pick<Run, 'analysis'>, slice: Slice): boolean =>
  sliceable.has(slice.cut) && sliceability(run).exact && widthMs(slice) >= 2 * finestMs;

/** While a run is fetched in slices, each slice that is cut again is halved at once. */
export const canSplit = (run: Pick<Run, 'analysis'>, slice: Slice): boolean => slice.partial && canBeSliced(run, slice);

const part = (slice: Slice, from: string, to: string): Slice => ({
  ...slice,
  id: randomUUID(),
  window: { from, to },
  partial: true,
  state: 'queued',
  rows: 0,
  bytes: 0,
  keptBytes: 0,
  cut: null,
  doubts: [],
  failure: null,
  attempts: [],
  calls: 0,
  requestId: null,
  newest: null,
  columns: [],
  serviceSeconds: null,
  startedAt: null,
  finishedAt: null,
});

/** Two halves of a slice: half open, so that no row is in both and none in neither. */
export const splitSlice = (slice: Slice): readonly Slice[] => {
  const middle = new Date(Math.floor((Date.parse(slice.window.from) + Date.parse(slice.window.to)) / 2)).toISOString();
  return [part(slice, slice.window.from, middle), part(slice, middle, slice.window.to)];
};
