import type { Cut, Run, Slice } from '../runs/run';
import { newSlice } from './new-slice';

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
  ...newSlice({ id: slice.runId, window: { from, to } }, { tenantId: slice.tenantId, name: slice.tenantName }),
  partial: true,
});

/** So full a slice is planned to be: events are not spread evenly. */
const fullness = 0.7;
const mostParts = 64;

/** How many parts a cut slice needs: as many as its counted rows take at the size it was cut to, else two. */
const partsOf = (slice: Slice): number => {
  const wanted = slice.cut === 'rows' && slice.counted !== null && slice.rows > 0 ? Math.ceil(slice.counted / (slice.rows * fullness)) : 2;
  return Math.min(Math.max(2, wanted), mostParts, Math.floor(widthMs(slice) / finestMs));
};

/** Finer slices in the place of one: half open and adjoining, so that no row is in two and none in neither. */
export const splitSlice = (slice: Slice): readonly Slice[] => {
  const parts = partsOf(slice);
  const from = Date.parse(slice.window.from);
  const bound = (index: number): string =>
    index === parts ? slice.window.to : new Date(from + Math.floor((widthMs(slice) * index) / parts)).toISOString();
  return Array.from({ length: parts }, (_, index) => part(slice, index === 0 ? slice.window.from : bound(index), bound(index + 1)));
};
