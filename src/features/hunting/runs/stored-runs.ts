import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';
import type { Run, Slice } from './run';
import { fromSlice, toRun, toSlice } from './run-records';
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

/** The runs of one owner, to be narrowed further. */
export const ownedBy = (db: Pick<Database, 'selectFrom'>, owner: RunOwner) =>
  db.selectFrom('runs').where('owner_tenant_id', '=', owner.tenantId).where('owner_object_id', '=', owner.objectId);

/** The run that a posted form made. */
export const madeByForm = async (own: ReturnType<typeof ownedBy>, formKey: string): Promise<Run | undefined> => {
  const row = await own.where('form_key', '=', formKey).selectAll().executeTakeFirst();
  return row && toRun(row);
};

/** A run's slices, tenants in the order asked, each one's in time order. */
export const slicesOf = async (db: Database, runId: string): Promise<readonly Slice[]> => {
  const rows = await db
    .selectFrom('run_slices')
    .where('run_id', '=', runId)
    .selectAll()
    .orderBy('tenant_order')
    .orderBy('window_from')
    .execute();
  return rows.map(toSlice);
};

/** All slices are of one run; a tenant keeps its place, a new one comes behind the others. */
export const addSlices = async (db: Pick<Database, 'insertInto' | 'selectFrom'>, slices: readonly Slice[]): Promise<void> => {
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
