import type { Selectable } from 'kysely';
import type { Database } from '../../database/database';
import type { TenantId } from '../../http/current-user';

/** One connected organization. */
interface TenantsTable {
  tenant_id: string;
  name: string;
  connected_at: number;
  /** Object id of whoever proved it, in that tenant. */
  connected_by: string;
  last_success_at: number | null;
  last_failure_at: number | null;
  last_failure_code: string | null;
}

/** Who has been given a token for which organization: what they may see in lists. */
interface TenantReachTable {
  owner_tenant_id: string;
  owner_object_id: string;
  tenant_id: string;
  seen_at: number;
}

declare module '../../database/tables' {
  interface Tables {
    tenants: TenantsTable;
    tenant_reach: TenantReachTable;
  }
}

export interface ConnectedTenant {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly connectedAt: number;
  readonly lastSuccessAt: number | null;
  readonly lastFailure: { readonly at: number; readonly code: string } | null;
}

export interface Person {
  readonly tenantId: TenantId;
  readonly objectId: string;
}

const tenantOf = (row: Selectable<TenantsTable>): ConnectedTenant => ({
  tenantId: row.tenant_id as TenantId,
  name: row.name,
  connectedAt: row.connected_at,
  lastSuccessAt: row.last_success_at,
  lastFailure: row.last_failure_at === null ? null : { at: row.last_failure_at, code: row.last_failure_code ?? 'unknown' },
});

const writes = (db: Database, clock: () => number) => ({
  /** Connects it, or keeps the first connection and forgets an old failure. */
  connect: async (tenant: { tenantId: TenantId; name: string; by: string }): Promise<void> => {
    const row = { tenant_id: tenant.tenantId, name: tenant.name, connected_at: clock(), connected_by: tenant.by };
    const unknown = { last_success_at: null, last_failure_at: null, last_failure_code: null };
    await db
      .insertInto('tenants')
      .values({ ...row, ...unknown })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ last_failure_at: null, last_failure_code: null }))
      .execute();
  },
  recordSuccess: async (tenantId: TenantId, person: Person): Promise<void> => {
    const reach = { owner_tenant_id: person.tenantId, owner_object_id: person.objectId, tenant_id: tenantId, seen_at: clock() };
    await db
      .insertInto('tenant_reach')
      .values(reach)
      .onConflict((conflict) =>
        conflict.columns(['owner_tenant_id', 'owner_object_id', 'tenant_id']).doUpdateSet({ seen_at: reach.seen_at }),
      )
      .execute();
    const healthy = { last_success_at: reach.seen_at, last_failure_at: null, last_failure_code: null };
    await db.updateTable('tenants').set(healthy).where('tenant_id', '=', tenantId).execute();
  },
  recordFailure: async (tenantId: TenantId, code: string): Promise<void> => {
    await db.updateTable('tenants').set({ last_failure_at: clock(), last_failure_code: code }).where('tenant_id', '=', tenantId).execute();
  },
});

/** Connected organizations. Nobody can list them all: a person finds their own, and those where they have acted. */
export const createTenantStore = ({ db, clock = Date.now }: { db: Database; clock?: () => number }) =>
  Object.freeze({
    ...writes(db, clock),
    find: async (tenantId: TenantId): Promise<ConnectedTenant | undefined> => {
      const row = await db.selectFrom('tenants').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
      return row && tenantOf(row);
    },
    /** The person's own organization first, then by name. */
    listFor: async (person: Person): Promise<readonly ConnectedTenant[]> => {
      const reached = db
        .selectFrom('tenant_reach')
        .select('tenant_id')
        .where('owner_tenant_id', '=', person.tenantId)
        .where('owner_object_id', '=', person.objectId);
      const rows = await db
        .selectFrom('tenants')
        .selectAll()
        .where((or) => or.or([or('tenant_id', '=', person.tenantId), or('tenant_id', 'in', reached)]))
        .orderBy('name')
        .execute();
      const own = (row: { tenant_id: string }): number => (row.tenant_id === person.tenantId ? 0 : 1);
      return rows.sort((a, b) => own(a) - own(b)).map(tenantOf);
    },
  });

export type TenantStore = ReturnType<typeof createTenantStore>;
