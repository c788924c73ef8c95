import type { Database } from '../../../database/database';
import { asInterrupted } from '../slices/slice-outcome';
import { finalState } from './ledger';
import type { Slice } from './run';
import { sliceChanges } from './run-records';
import { slicesOf } from './stored-runs';

const isUnderWay = (slice: Slice): boolean => slice.state === 'queued' || slice.state === 'running';

/** False: somebody was quicker. */
const interrupt = async (db: Database, id: string, now: number): Promise<boolean> => {
  const slices = await slicesOf(db, id);
  for (const slice of slices.filter(isUnderWay)) {
    // It may have ended since it was read: a process that is slow is not dead.
    await db
      .updateTable('run_slices')
      .set(sliceChanges(interrupted(slice, now)))
      .where('id', '=', slice.id)
      .where('state', '=', slice.state)
      .execute();
  }
  const after = await slicesOf(db, id);
  const state = finalState(after);
  const ended = db.updateTable('runs').set({ state, finished_at: now }).where('id', '=', id).where('state', 'in', ['queued', 'running']);
  return (await ended.executeTakeFirst()).numUpdatedRows > 0n;
};

const interrupted = (slice: Slice, now: number): Slice => ({ ...slice, ...asInterrupted, finishedAt: now });

/** Housekeeping over everybody's runs. */
export const allRuns = (db: Database) => ({
  /** Runs that claim to be under way although nobody has worked on them since `before`: marked interrupted. Gives the ids of those that it marked. */
  interruptStale: async (before: number, now: number): Promise<readonly string[]> => {
    const stale = await db
      .selectFrom('runs')
      .where('state', 'in', ['queued', 'running'])
      .where((where) => where.or([where('heartbeat_at', 'is', null), where('heartbeat_at', '<', before)]))
      .where('created_at', '<', before)
      .select('id')
      .execute();
    const marked: string[] = [];
    for (const { id } of stale) if (await interrupt(db, id, now)) marked.push(id);
    return marked;
  },
  /** Kept runs, oldest first. */
  kept: async () => {
    const rows = await db
      .selectFrom('runs')
      .where('pruned_at', 'is', null)
      .where('state', 'in', ['done', 'failed', 'cancelled'])
      .where('kept_bytes', '>', 0)
      .select(['id', 'owner_tenant_id', 'owner_object_id', 'kept_bytes', 'created_at'])
      .orderBy('created_at')
      .execute();
    return rows.map((row) => ({ ...row, kept_bytes: Number(row.kept_bytes), created_at: Number(row.created_at) }));
  },
  markPruned: async (id: string, at: number): Promise<void> => {
    await db.updateTable('runs').set({ pruned_at: at, kept_bytes: 0 }).where('id', '=', id).execute();
  },
});
