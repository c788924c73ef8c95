import type { Database } from '../../database/database';
import type { TenantId } from '../../http/current-user';
import type { Withdrawals } from './withdrawals';

export interface TenantSessionsOptions {
  readonly db: Database;
  readonly endByTenant: (tenantId: string) => Promise<number>;
  readonly withdrawals: Pick<Withdrawals, 'forgetVisit' | 'healed'>;
}

/** The sessions of an organization's people, and what other people's sessions hold of it. Sessions are rows: they end on every instance at once. */
export const createTenantSessions = ({ db, endByTenant, withdrawals }: TenantSessionsOptions) => ({
  count: async (tenantId: TenantId): Promise<Readonly<Record<string, number>>> => {
    const count = async (table: 'sessions' | 'session_roles'): Promise<number> => {
      const all = db.selectFrom(table).select(({ fn }) => fn.countAll().as('n'));
      return Number((await all.where('tenant_id', '=', tenantId).executeTakeFirst())?.n ?? 0);
    };
    return { sessions: await count('sessions'), visits: await count('session_roles') };
  },
  atOnce: endByTenant,
  remove: async (tenantId: TenantId): Promise<void> => {
    await endByTenant(tenantId);
    await withdrawals.forgetVisit(tenantId);
    await db.deleteFrom('session_roles').where('tenant_id', '=', tenantId).execute();
    // The mark of a withdrawn consent goes as well: whoever connects it again begins anew.
    await withdrawals.healed(tenantId);
  },
});
