import type { Selectable } from 'kysely';
import type { Database } from '../../database/database';
import type { TenantId } from '../../http/current-user';
import { createConsentStore } from './consent-store';

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
  /** The identity service's own id of that call. */
  last_failure_correlation: string | null;
}

/** Who has tried to act in which organization, and whether they could: what they may see in lists. */
interface TenantReachTable {
  owner_tenant_id: string;
  owner_object_id: string;
  tenant_id: string;
  seen_at: number;
  reached: number;
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
  readonly lastFailure: { readonly at: number; readonly code: string; readonly correlationId?: string | undefined } | null;
}

export interface Person {
  readonly tenantId: TenantId;
  readonly objectId: string;
}

interface StoreOptions {
  readonly db: Database;
  readonly clock?: () => number;
}

const tenantOf = (row: Selectable<TenantsTable>): ConnectedTenant => ({
  tenantId: row.tenant_id as TenantId,
  name: row.name,
  connectedAt: row.connected_at,
  lastSuccessAt: row.last_success_at,
  lastFailure:
    row.last_failure_at === null
      ? null
      : { at: row.last_failure_at, code: row.last_failure_code ?? 'unknown', correlationId: row.last_failure_correlation ?? undefined },
});

const noFailure = { last_failure_at: null, last_failure_code: null, last_failure_correlation: null };

const connections = ({ db, clock = Date.now }: StoreOptions) => ({
  find: async (tenantId: TenantId): Promise<ConnectedTenant | undefined> => {
    const row = await db.selectFrom('tenants').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
    return row && tenantOf(row);
  },
  /** For the operator's own command, never for a page. */
  all: async (): Promise<readonly ConnectedTenant[]> =>
    (await db.selectFrom('tenants').selectAll().orderBy('name').execute()).map(tenantOf),
  /** Connects it, or keeps the first connection and forgets an old failure. */
  connect: async (tenant: { tenantId: TenantId; name: string; by: string }): Promise<void> => {
    const row = { tenant_id: tenant.tenantId, name: tenant.name, connected_at: clock(), connected_by: tenant.by };
    const unknown = { last_success_at: null, ...noFailure };
    await db
      .insertInto('tenants')
      .values({ ...row, ...unknown })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(noFailure))
      .execute();
  },
  recordFailure: async (tenantId: TenantId, code: string, correlationId?: string): Promise<void> => {
    const failure = { last_failure_at: clock(), last_failure_code: code, last_failure_correlation: correlationId ?? null };
    await db.updateTable('tenants').set(failure).where('tenant_id', '=', tenantId).execute();
  },
});

const reaches = ({ db, clock = Date.now }: StoreOptions) => {
  const reachOf = ({ tenantId, objectId }: Person) =>
    db.selectFrom('tenant_reach').select('tenant_id').where('owner_tenant_id', '=', tenantId).where('owner_object_id', '=', objectId);

  /** `person` could, or could not, act in `tenantId` just now. */
  const recordReach = async (tenantId: TenantId, person: Person, reached: boolean): Promise<void> => {
    const now = { seen_at: clock(), reached: reached ? 1 : 0 };
    await db
      .insertInto('tenant_reach')
      .values({ owner_tenant_id: person.tenantId, owner_object_id: person.objectId, tenant_id: tenantId, ...now })
      .onConflict((conflict) => conflict.columns(['owner_tenant_id', 'owner_object_id', 'tenant_id']).doUpdateSet(now))
      .execute();
  };

  return {
    recordReach,
    recordSuccess: async (tenantId: TenantId, person: Person): Promise<void> => {
      await recordReach(tenantId, person, true);
      const healthy = { last_success_at: clock(), ...noFailure };
      await db.updateTable('tenants').set(healthy).where('tenant_id', '=', tenantId).execute();
    },
    /** The person's own organization first, then by name; only those where they could act. */
    listFor: async (person: Person): Promise<readonly ConnectedTenant[]> => {
      const rows = await db
        .selectFrom('tenants')
        .selectAll()
        .where((or) => or.or([or('tenant_id', '=', person.tenantId), or('tenant_id', 'in', reachOf(person).where('reached', '=', 1))]))
        .orderBy('name')
        .execute();
      const own = (row: { tenant_id: string }): number => (row.tenant_id === person.tenantId ? 0 : 1);
      return rows.sort((a, b) => own(a) - own(b)).map(tenantOf);
    },
    /** Connected organizations that this person has not tried since `since`, the latest first. For trying, never for showing. */
    untried: async (person: Person, since: number, limit: number): Promise<readonly TenantId[]> => {
      const rows = await db
        .selectFrom('tenants')
        .select('tenant_id')
        .where('tenant_id', '!=', person.tenantId)
        .where(
          'tenant_id',
          'not in',
          reachOf(person).where((or) => or.or([or('reached', '=', 1), or('seen_at', '>', since)])),
        )
        .orderBy('connected_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ tenant_id }) => tenant_id as TenantId);
    },
  };
};

/** Connected organizations. No page shows them all: a person finds their own, and those where they can act. */
export const createTenantStore = (options: StoreOptions) => {
  const connected = connections(options);
  let count = 0;
  return Object.freeze({
    ...connected,
    ...reaches(options),
    /** What each organization's administrator was last seen to have granted. */
    consents: createConsentStore(options),
    connect: async (tenant: Parameters<typeof connected.connect>[0]): Promise<void> => {
      await connected.connect(tenant);
      count += 1;
    },
    /** Grows with every connection that this instance makes: what was looked up before may be out of date. */
    connections: (): number => count,
  });
};

export type TenantStore = ReturnType<typeof createTenantStore>;
