import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';
import type { CheckStore } from '../board/check-store';
import type { ConsentStore } from '../consent-store';
import type { TenantData } from './deletion';

export interface TraceOptions {
  readonly db: Database;
  readonly consents: Pick<ConsentStore, 'forget'>;
  readonly checks: Pick<CheckStore, 'forget'>;
}

/** Who could act where, what was seen granted, and what checks found: the small notes about an organization and its people. */
export const createTenantTraces = ({ db, consents, checks }: TraceOptions): TenantData => {
  const reach = (tenantId: TenantId) =>
    db
      .selectFrom('tenant_reach')
      .select(({ fn }) => fn.countAll().as('n'))
      .where((or) => or.or([or('tenant_id', '=', tenantId), or('owner_tenant_id', '=', tenantId)]));
  const counted = (table: 'tenant_permissions' | 'tenant_checks', tenantId: TenantId) =>
    db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('n'))
      .where('tenant_id', '=', tenantId);
  return {
    count: async (tenantId) => {
      const asked = [reach(tenantId), counted('tenant_permissions', tenantId), counted('tenant_checks', tenantId)];
      const [reached, ...notes] = (await Promise.all(asked.map((one) => one.executeTakeFirst()))).map((row) => Number(row?.n ?? 0));
      return { reach: reached ?? 0, notes: notes.reduce((sum, n) => sum + n, 0) };
    },
    remove: async (tenantId) => {
      await db
        .deleteFrom('tenant_reach')
        .where((or) => or.or([or('tenant_id', '=', tenantId), or('owner_tenant_id', '=', tenantId)]))
        .execute();
      await consents.forget(tenantId);
      await checks.forget(tenantId);
    },
  };
};
