import type { Database } from '../../../database/database';
import type { FinishedRuns } from './finished-runs';
import type { Run } from './run';
import { toRun } from './run-records';
import { madeByForm, ownedBy, slicesOf, type RunOwner, type RunWithSlices } from './stored-runs';

export interface HistoryPage {
  readonly before?: number;
  readonly limit: number;
}

/** Runs of one owner. No method sees anybody else's. */
export const ownRuns = (db: Database, owner: RunOwner, finished: FinishedRuns) => {
  const own = () => ownedBy(db, owner);
  return Object.freeze({
    find: async (id: string): Promise<RunWithSlices | undefined> => {
      const row = await own().where('id', '=', id).selectAll().executeTakeFirst();
      return row && (finished.recall(row) ?? finished.keep(row, { run: toRun(row), slices: await slicesOf(db, id) }));
    },
    /** The run that a posted form made. */
    madeBy: (formKey: string): Promise<Run | undefined> => madeByForm(own(), formKey),
    /** Newest first. */
    list: async ({ before, limit }: HistoryPage): Promise<readonly RunWithSlices[]> => {
      let query = own().selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit);
      if (before !== undefined) query = query.where('created_at', '<', before);
      const rows = await query.execute();
      return Promise.all(rows.map(async (row) => ({ run: toRun(row), slices: await slicesOf(db, row.id) })));
    },
    keptBytes: async (): Promise<number> => {
      const row = await own()
        .where('pruned_at', 'is', null)
        .select(({ fn }) => fn.sum('kept_bytes').as('total'))
        .executeTakeFirst();
      return Number(row?.total ?? 0);
    },
  });
};
