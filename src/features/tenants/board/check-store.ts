import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';
import type { Person } from '../store';

/**
 * `waiting`: not answered yet; `rows`, `empty`: it answered; `absent`: the service does not know the table; `refused`: this person
 * may not ask; `failed`: no answer.
 */
export type CheckOutcome = 'waiting' | 'rows' | 'empty' | 'absent' | 'refused' | 'failed';

interface TenantChecksTable {
  owner_tenant_id: string;
  owner_object_id: string;
  tenant_id: string;
  table_name: string;
  outcome: CheckOutcome;
  at: number;
  code: string | null;
  request_id: string | null;
}

declare module '../../../database/tables' {
  interface Tables {
    tenant_checks: TenantChecksTable;
  }
}

/** What one table answered when the person last had it checked. */
export interface CheckResult {
  readonly table: string;
  readonly outcome: CheckOutcome;
  readonly at: number;
  readonly code: string | null;
  readonly requestId: string | null;
}

interface StoreOptions {
  readonly db: Database;
  readonly clock?: () => number;
}

/** The results of checks: each person's own, for what answers depends on their rights. */
export const createCheckStore = ({ db, clock = Date.now }: StoreOptions) =>
  Object.freeze({
    of: async (person: Person, tenantId: TenantId): Promise<readonly CheckResult[]> => {
      const rows = await db
        .selectFrom('tenant_checks')
        .selectAll()
        .where('owner_tenant_id', '=', person.tenantId)
        .where('owner_object_id', '=', person.objectId)
        .where('tenant_id', '=', tenantId)
        .orderBy('table_name')
        .execute();
      return rows.map((row) => ({
        table: row.table_name,
        outcome: row.outcome,
        at: Number(row.at),
        code: row.code,
        requestId: row.request_id,
      }));
    },
    save: async (person: Person, tenantId: TenantId, result: Omit<CheckResult, 'at'>): Promise<void> => {
      const values = { outcome: result.outcome, at: clock(), code: result.code, request_id: result.requestId };
      const owner = { owner_tenant_id: person.tenantId, owner_object_id: person.objectId };
      await db
        .insertInto('tenant_checks')
        .values({ ...owner, tenant_id: tenantId, table_name: result.table, ...values })
        .onConflict((conflict) => conflict.columns(['owner_tenant_id', 'owner_object_id', 'tenant_id', 'table_name']).doUpdateSet(values))
        .execute();
    },
    /** The organization was disconnected here. */
    forget: async (tenantId: TenantId): Promise<void> => {
      await db
        .deleteFrom('tenant_checks')
        .where((or) => or.or([or('tenant_id', '=', tenantId), or('owner_tenant_id', '=', tenantId)]))
        .execute();
    },
  });

export type CheckStore = ReturnType<typeof createCheckStore>;
