import type { Selectable } from 'kysely';
import { isFinished } from './run';
import type { RunWithSlices } from './stored-runs';
import type { RunsTable } from './run-tables';

type RunRow = Selectable<RunsTable>;

const mostRuns = 50;

const isSame = (left: RunRow, right: RunRow): boolean =>
  (Object.keys(left) as (keyof RunRow)[]).every((column) => left[column] === right[column]);

/**
 * Finished runs that were read lately. Slices change only while their run is worked on, and a run that was taken up again
 * finishes at another moment: as long as its row is the same in every column, its slices are. The row itself is read each
 * time, through its owner; what is spared is reading the slices, and all that was made from the same object before.
 */
export const createFinishedRuns = () => {
  const known = new Map<string, { readonly row: RunRow; readonly found: RunWithSlices }>();
  return Object.freeze({
    recall: (row: RunRow): RunWithSlices | undefined => {
      const last = known.get(row.id);
      return last && isSame(last.row, row) ? last.found : undefined;
    },
    keep: (row: RunRow, found: RunWithSlices): RunWithSlices => {
      known.delete(row.id);
      if (isFinished(found.run.state)) known.set(row.id, { row, found });
      const [oldest] = known.keys();
      if (known.size > mostRuns && oldest !== undefined) known.delete(oldest);
      return found;
    },
  });
};

export type FinishedRuns = ReturnType<typeof createFinishedRuns>;
