import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';
import { finalState } from '../runs/ledger';
import { sliceChanges, toSlice } from '../runs/run-records';
import type { Slice } from '../runs/run';
import '../runs/run-tables';
import '../budget/budget-tables';

/** The rows of a slice that were deleted because their organization was disconnected: nobody writes them back. */
const asDisconnected: Partial<Slice> = {
  cut: 'disconnected',
  rows: 0,
  bytes: 0,
  keptBytes: 0,
  columns: [],
  doubts: [],
  attempts: [],
  counted: null,
  newest: null,
  failure: { code: 'disconnected', message: 'Deleted when the organization was disconnected from Quarry.' },
};

/** The selections that everything below is made of. */
const selections = (db: Database, tenantId: TenantId) => ({
  own: () => db.selectFrom('runs').where('owner_tenant_id', '=', tenantId),
  /** Made by other organizations' people from rows of this one: a refinement's ledger names every organization it has rows of. */
  derived: () =>
    db
      .selectFrom('runs')
      .where('owner_tenant_id', '!=', tenantId)
      .where('kind', '=', 'refine')
      .where('inherited', 'like', `%"tenantId":"${tenantId}"%`),
  /** Asked of this organization in runs of other organizations' people, and not deleted yet. */
  parts: () =>
    db
      .selectFrom('run_slices')
      .innerJoin('runs', 'runs.id', 'run_slices.run_id')
      .where('run_slices.tenant_id', '=', tenantId)
      .where('runs.owner_tenant_id', '!=', tenantId)
      .where((or) => or.or([or('run_slices.cut', 'is', null), or('run_slices.cut', '!=', 'disconnected')])),
});

type Selections = ReturnType<typeof selections>;

const finding = (db: Database, tenantId: TenantId, { own, derived, parts }: Selections) => ({
  ownIds: async (): Promise<readonly string[]> => (await own().select('id').execute()).map(({ id }) => id),
  derivedIds: async (): Promise<readonly string[]> => (await derived().select('id').execute()).map(({ id }) => id),
  /** The runs of others that hold something of this organization. */
  sharedIds: async (): Promise<readonly string[]> => (await parts().select('runs.id').distinct().execute()).map(({ id }) => id),
  /** The runs of others whose slices of this organization were emptied, and the slices that stay. */
  emptied: async (): Promise<readonly { readonly id: string; readonly others: readonly string[] }[]> => {
    const here = db.selectFrom('run_slices').where('tenant_id', '=', tenantId).where('cut', '=', 'disconnected');
    const gone = await here.select('run_id').distinct().execute();
    return Promise.all(
      gone.map(async ({ run_id: id }) => {
        const stay = await db.selectFrom('run_slices').select('id').where('run_id', '=', id).where('tenant_id', '!=', tenantId).execute();
        return { id, others: stay.map((slice) => slice.id) };
      }),
    );
  },
  /** Every run that may still be worked on and asks this organization, or belongs to its people. */
  underWay: async (): Promise<readonly string[]> => {
    const busy = ['queued', 'running'];
    const mine = await own().where('state', 'in', busy).select('id').execute();
    const shared = await parts().where('runs.state', 'in', busy).select('runs.id as id').distinct().execute();
    return [...mine, ...shared].map(({ id }) => id);
  },
  rowCount: async (): Promise<number> => {
    const slices = db.selectFrom('run_slices').innerJoin('runs', 'runs.id', 'run_slices.run_id');
    const theirs = slices.where('runs.owner_tenant_id', '=', tenantId).where('runs.pruned_at', 'is', null);
    const sums = await Promise.all([
      theirs.select(({ fn }) => fn.sum('run_slices.row_count').as('n')).executeTakeFirst(),
      parts()
        .select(({ fn }) => fn.sum('run_slices.row_count').as('n'))
        .executeTakeFirst(),
    ]);
    return sums.reduce((sum, row) => sum + Number(row?.n ?? 0), 0);
  },
});

const deleting = (db: Database, tenantId: TenantId) => ({
  /** Marks this organization's slices of a run as deleted, whatever they were; what the run has of others stays. */
  emptyParts: async (runId: string, now: number): Promise<void> => {
    const rows = await db.selectFrom('run_slices').selectAll().where('run_id', '=', runId).where('tenant_id', '=', tenantId).execute();
    for (const slice of rows.map(toSlice)) {
      const state = slice.state === 'split' ? ('split' as const) : ('failed' as const);
      const changes = sliceChanges({ ...slice, ...asDisconnected, state, finishedAt: slice.finishedAt ?? now });
      await db.updateTable('run_slices').set(changes).where('id', '=', slice.id).execute();
    }
    await settleRun(db, runId, now);
  },
  deleteRun: async (id: string): Promise<void> => {
    await db.deleteFrom('run_slices').where('run_id', '=', id).execute();
    await db.deleteFrom('runs').where('id', '=', id).execute();
  },
});

const budgetTables = ['call_slots', 'tenant_pauses', 'tenant_work'] as const;

const budgets = (db: Database, tenantId: TenantId) => ({
  budgets: async (): Promise<number> => {
    const counts = await Promise.all(
      budgetTables.map((table) => {
        const all = db.selectFrom(table).select(({ fn }) => fn.countAll().as('n'));
        return all.where('tenant_id', '=', tenantId).executeTakeFirst();
      }),
    );
    return counts.reduce((sum, row) => sum + Number(row?.n ?? 0), 0);
  },
  deleteBudgets: async (): Promise<void> => {
    for (const table of budgetTables) await db.deleteFrom(table).where('tenant_id', '=', tenantId).execute();
  },
});

/** What the database keeps of one organization's hunts: the runs of its people, its part in those of others, and its budget. */
export const createTenantRows = (db: Database, tenantId: TenantId) =>
  Object.freeze({
    ...finding(db, tenantId, selections(db, tenantId)),
    ...deleting(db, tenantId),
    ...budgets(db, tenantId),
  });

/** A finished run says again what it comes to, and that it changed. */
const settleRun = async (db: Database, runId: string, now: number): Promise<void> => {
  const slices = (await db.selectFrom('run_slices').selectAll().where('run_id', '=', runId).execute()).map(toSlice);
  const keptBytes = slices.reduce((sum, slice) => sum + slice.keptBytes, 0);
  await db
    .updateTable('runs')
    .set(({ fn, val }) => ({
      state: finalState(slices),
      changed_at: now,
      kept_bytes: keptBytes,
      finished_at: fn.coalesce('finished_at', val(now)),
    }))
    .where('id', '=', runId)
    .execute();
};

export type TenantRows = ReturnType<typeof createTenantRows>;
