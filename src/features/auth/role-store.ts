import type { Database } from '../../database/database';
import type { TenantId } from '../../http/current-user';
import { readRoleFacts, type RoleFacts, type TenantStanding } from '../../http/roles';

interface StoreOptions {
  readonly db: Database;
  readonly clock?: () => number;
}

/** What an organization last said of a person's roles, and how that organization stands with us. */
export interface KnownRoles {
  readonly facts: RoleFacts;
  readonly tenant: TenantStanding;
}

const knownOf = (row: {
  readonly role_facts: string;
  readonly connected: string | null;
  readonly assigning: string | null;
}): KnownRoles => ({
  facts: readRoleFacts(row.role_facts),
  tenant: { connected: row.connected !== null, assignsRoles: row.assigning !== null },
});

const replacing = ({ db, clock = Date.now }: StoreOptions) => {
  const replaceOwn = async (sessionId: string, facts: string): Promise<string | undefined> => {
    const before = await db.selectFrom('sessions').select('role_facts').where('handle', '=', sessionId).executeTakeFirst();
    await db.updateTable('sessions').set({ role_facts: facts, roles_read_at: clock() }).where('handle', '=', sessionId).execute();
    return before?.role_facts;
  };

  const replaceElsewhere = async (sessionId: string, tenantId: TenantId, facts: string): Promise<string | undefined> => {
    const there = db.selectFrom('session_roles').where('session_handle', '=', sessionId).where('tenant_id', '=', tenantId);
    const before = await there.select('role_facts').executeTakeFirst();
    const now = { role_facts: facts, read_at: clock() };
    await db
      .insertInto('session_roles')
      .columns(['session_handle', 'tenant_id', 'role_facts', 'read_at'])
      // From the session itself: one that has ended meanwhile takes nothing more.
      .expression((from) =>
        from
          .selectFrom('sessions')
          .select((value) => ['handle', value.val(tenantId).as('t'), value.val(facts).as('f'), value.val(now.read_at).as('r')])
          .where('handle', '=', sessionId),
      )
      .onConflict((conflict) => conflict.columns(['session_handle', 'tenant_id']).doUpdateSet(now))
      .execute();
    return before?.role_facts;
  };
  return { replaceOwn, replaceElsewhere };
};

/** What the identity service last said of people's roles, kept with the session that asked; it ends with it. */
export const createRoleStore = ({ db, clock = Date.now }: StoreOptions) => {
  const assigning = new Set<string>();
  const { replaceOwn, replaceElsewhere } = replacing({ db, clock });

  return Object.freeze({
    /** Replaces what was known and gives it back; undefined where nothing was. */
    replace: async (session: { id: string; tenantId: TenantId }, tenantId: TenantId, facts: RoleFacts): Promise<RoleFacts | undefined> => {
      const text = JSON.stringify(facts);
      const own = tenantId === session.tenantId;
      const before = await (own ? replaceOwn(session.id, text) : replaceElsewhere(session.id, tenantId, text));
      return before === undefined ? undefined : readRoleFacts(before);
    },
    /** In the session's own organization, as it is now; undefined: the session has ended. */
    own: async (sessionId: string): Promise<KnownRoles | undefined> => {
      const row = await db
        .selectFrom('sessions')
        .leftJoin('tenants', 'tenants.tenant_id', 'sessions.tenant_id')
        .leftJoin('role_assigning_tenants', 'role_assigning_tenants.tenant_id', 'sessions.tenant_id')
        .select(['role_facts', 'tenants.tenant_id as connected', 'role_assigning_tenants.tenant_id as assigning'])
        .where('handle', '=', sessionId)
        .executeTakeFirst();
      return row && knownOf(row);
    },
    /** In another organization than the session's own; undefined: nobody has asked there yet. */
    elsewhere: async (sessionId: string, tenantId: TenantId): Promise<KnownRoles | undefined> => {
      const row = await db
        .selectFrom('session_roles')
        .leftJoin('tenants', 'tenants.tenant_id', 'session_roles.tenant_id')
        .leftJoin('role_assigning_tenants', 'role_assigning_tenants.tenant_id', 'session_roles.tenant_id')
        .select(['role_facts', 'tenants.tenant_id as connected', 'role_assigning_tenants.tenant_id as assigning'])
        .where('session_handle', '=', sessionId)
        .where('session_roles.tenant_id', '=', tenantId)
        .executeTakeFirst();
      return row && knownOf(row);
    },
    /** From now on people of this organization have the roles it assigned, and no others. It is never forgotten. */
    noteAssigning: async (tenantId: TenantId): Promise<void> => {
      if (assigning.has(tenantId)) return;
      const row = { tenant_id: tenantId, since: clock() };
      const first = db.insertInto('role_assigning_tenants').values(row);
      await first.onConflict((conflict) => conflict.column('tenant_id').doNothing()).execute();
      assigning.add(tenantId);
    },
  });
};

export type RoleStore = ReturnType<typeof createRoleStore>;
