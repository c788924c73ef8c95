import type { Database } from '../../../database/database';
import { assertConnected } from '../removal/assert-connected';
import type { Run, RunState, Slice } from './run';
import { fromRun, toRun } from './run-records';
import { addSlices, madeByForm, ownedBy, slicesOf, type RunWithSlices } from './stored-runs';

const runTakingBack = (db: Database) => ({
  /** Takes back a run that nothing was asked for yet. */
  discard: async (id: string): Promise<void> => {
    await db
      .deleteFrom('runs')
      .where('id', '=', id)
      .where('state', '=', 'queued' satisfies RunState)
      .execute();
  },
});

/** How runs are made, followed and taken up again. */
export const runWriting = (db: Database) => ({
  ...runTakingBack(db),
  /** Resolves with the run's id, or with the id of the one that its owner's same form made a moment before. */
  insert: (run: Run, slices: readonly Slice[], formKey: string | null = null): Promise<string> =>
    db.transaction().execute(async (transaction) => {
      await assertConnected(transaction, { run, slices });
      const { numInsertedOrUpdatedRows: inserted } = await transaction
        .insertInto('runs')
        .values(fromRun(run, formKey))
        .onConflict((conflict) => conflict.columns(['owner_tenant_id', 'owner_object_id', 'form_key']).doNothing())
        .executeTakeFirst();
      if (Number(inserted) === 0) return (await madeByForm(ownedBy(transaction, run.owner), formKey ?? ''))!.id;
      await addSlices(transaction, slices);
      return run.id;
    }),
  read: async (id: string): Promise<RunWithSlices | undefined> => {
    const row = await db.selectFrom('runs').where('id', '=', id).selectAll().executeTakeFirst();
    return row && { run: toRun(row), slices: await slicesOf(db, id) };
  },
  saveRun: async (id: string, change: Partial<Pick<Run, 'state' | 'startedAt' | 'finishedAt'>>): Promise<void> => {
    const values = {
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.startedAt === undefined ? {} : { started_at: change.startedAt }),
      ...(change.finishedAt === undefined ? {} : { finished_at: change.finishedAt }),
    };
    await db.updateTable('runs').set(values).where('id', '=', id).execute();
  },
  requestCancel: async (id: string, at: number): Promise<void> => {
    await db.updateTable('runs').set({ cancel_requested_at: at }).where('id', '=', id).execute();
  },
  /** Marks the run as worked on; true when somebody asked to cancel it since it was last started. */
  beat: async (id: string, at: number): Promise<boolean> => {
    await db.updateTable('runs').set({ heartbeat_at: at }).where('id', '=', id).execute();
    const row = await db.selectFrom('runs').where('id', '=', id).select('cancel_requested_at').executeTakeFirst();
    return row?.cancel_requested_at != null;
  },
  /** Makes a finished run one to be worked on again; false when it is not finished (or somebody was quicker). */
  reopen: async (id: string, at: number): Promise<boolean> => {
    const changed = await db
      .updateTable('runs')
      .set({ state: 'running', finished_at: null, cancel_requested_at: null, heartbeat_at: at })
      .where('id', '=', id)
      .where('state', 'in', ['done', 'failed', 'cancelled'])
      .where('pruned_at', 'is', null)
      .executeTakeFirst();
    return Number(changed.numUpdatedRows) === 1;
  },
});
