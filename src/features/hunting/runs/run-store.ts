import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';
import { createFinishedRuns, type FinishedRuns } from './finished-runs';
import { finalState } from './ledger';
import { assertConnected } from '../removal/assert-connected';
import type { Cut, Run, RunState, Slice, SliceState } from './run';
import { fromRun, fromSlice, sliceChanges, toRun, toSlice } from './run-records';
import { asInterrupted } from '../slices/slice-outcome';
import './run-tables';

/** A person's own runs: the only ones that the person's requests can reach. */
export interface RunOwner {
  readonly tenantId: TenantId;
  readonly objectId: string;
}

export interface RunWithSlices {
  readonly run: Run;
  readonly slices: readonly Slice[];
}

export interface HistoryPage {
  readonly before?: number;
  readonly limit: number;
}

const ownedBy = (db: Pick<Database, 'selectFrom'>, owner: RunOwner) =>
  db.selectFrom('runs').where('owner_tenant_id', '=', owner.tenantId).where('owner_object_id', '=', owner.objectId);

const madeByForm = async (own: ReturnType<typeof ownedBy>, formKey: string): Promise<Run | undefined> => {
  const row = await own.where('form_key', '=', formKey).selectAll().executeTakeFirst();
  return row && toRun(row);
};

/** Runs of one owner. No method sees anybody else's. */
const ownRuns = (db: Database, owner: RunOwner, finished: FinishedRuns) => {
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

const slicesOf = async (db: Database, runId: string): Promise<readonly Slice[]> => {
  const rows = await db
    .selectFrom('run_slices')
    .where('run_id', '=', runId)
    .selectAll()
    .orderBy('tenant_order')
    .orderBy('window_from')
    .execute();
  return rows.map(toSlice);
};

/** What the process that works on runs may do with them, whoever owns them. */
const workedRuns = (db: Database) => ({ ...sliceWriting(db), ...runWriting(db) });

const sliceWriting = (db: Database) => ({
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

const runWriting = (db: Database) => ({
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

/** All slices are of one run; a tenant keeps its place, a new one comes behind the others. */
const addSlices = async (db: Pick<Database, 'insertInto' | 'selectFrom'>, slices: readonly Slice[]): Promise<void> => {
  const known = await db
    .selectFrom('run_slices')
    .where('run_id', '=', slices[0]?.runId ?? '')
    .select(['tenant_id', 'tenant_order'])
    .execute();
  const orders = new Map(known.map((row) => [row.tenant_id, row.tenant_order]));
  for (const slice of slices) {
    const order = orders.get(slice.tenantId) ?? Math.max(-1, ...orders.values()) + 1;
    orders.set(slice.tenantId, order);
    await db.insertInto('run_slices').values(fromSlice(slice, order)).execute();
  }
};

/** Housekeeping over everybody's runs. */
const allRuns = (db: Database) => ({
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

/** Runs and slices in the database. `forOwner` is all that a request may use; the rest belongs to the worker and to housekeeping. */
export const createRunStore = (db: Database) => {
  const finished = createFinishedRuns();
  return Object.freeze({ forOwner: (owner: RunOwner) => ownRuns(db, owner, finished), work: workedRuns(db), all: allRuns(db) });
};

export type RunStore = ReturnType<typeof createRunStore>;
