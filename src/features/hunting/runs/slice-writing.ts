import type { Database } from '../../../database/database';
import type { Cut, Slice, SliceState } from './run';
import { sliceChanges } from './run-records';
import { addSlices } from './stored-runs';

/** What is written of slices while they are worked on. */
export const sliceWriting = (db: Database) => ({
  /**
   * A slice that others have taken the place of, or whose organization was disconnected, stays as it is, whatever a process that was
   * thought dead writes. False where it was so, or the run is gone.
   */
  saveSlice: async (slice: Slice): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable('run_slices')
      .set(sliceChanges(slice))
      .where('id', '=', slice.id)
      .where('state', '!=', 'split' satisfies SliceState)
      .where((or) => or.or([or('cut', 'is', null), or('cut', '!=', 'disconnected' satisfies Cut)]))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
  /** Puts others in the place of one, all at once: at no time do both count. False where that happened already. */
  replaceSlice: (old: Slice, others: readonly Slice[]): Promise<boolean> =>
    db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('run_slices')
        .set(sliceChanges({ ...old, state: 'split', keptBytes: 0 }))
        .where('id', '=', old.id)
        .where('state', '!=', 'split' satisfies SliceState)
        .executeTakeFirst();
      if (Number(numUpdatedRows) === 0) return false;
      await addSlices(transaction, others);
      return true;
    }),
  noteKeptBytes: async (id: string): Promise<void> => {
    const sum = await db
      .selectFrom('run_slices')
      .where('run_id', '=', id)
      .select(({ fn }) => fn.sum('kept_bytes').as('total'))
      .executeTakeFirst();
    await db
      .updateTable('runs')
      .set({ kept_bytes: Number(sum?.total ?? 0) })
      .where('id', '=', id)
      .execute();
  },
});
