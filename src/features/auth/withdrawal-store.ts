import type { Database } from '../../database/database';
import type { TenantId } from '../../http/current-user';
import type { TokenOwner } from './ports';

/** Organizations whose consent was found missing after it had been given. */
interface TenantWithdrawalsTable {
  tenant_id: string;
  since: number;
  code: string;
}

declare module '../../database/tables' {
  interface Tables {
    tenant_withdrawals: TenantWithdrawalsTable;
  }
}

export interface Withdrawal {
  readonly since: number;
  readonly code: string;
}

type Person = Pick<TokenOwner, 'tenantId' | 'objectId'>;

interface StoreOptions {
  readonly db: Database;
  readonly clock?: () => number;
}

/** Whose sessions hold tokens of an organization. */
const holders = (db: Database) => ({
  /** The sessions of the organization's own people hold nothing but its tokens: those go whole. Gives how many that were. */
  dropOwnTokens: async (tenantId: TenantId): Promise<number> => {
    const own = db.selectFrom('sessions').select('handle').where('tenant_id', '=', tenantId);
    const { numDeletedRows } = await db.deleteFrom('token_records').where('session_handle', 'in', own).executeTakeFirst();
    return Number(numDeletedRows);
  },
  /** Other people's sessions that have been in the organization. */
  visitors: async (tenantId: TenantId): Promise<readonly TokenOwner[]> => {
    const rows = await db
      .selectFrom('session_roles')
      .innerJoin('sessions', 'sessions.handle', 'session_roles.session_handle')
      .where('session_roles.tenant_id', '=', tenantId)
      .select(['sessions.handle', 'sessions.tenant_id', 'sessions.object_id'])
      .execute();
    return rows.map((row) => ({ sessionId: row.handle, tenantId: row.tenant_id as TenantId, objectId: row.object_id }));
  },
  forgetVisitor: async (sessionId: string, tenantId: TenantId): Promise<void> => {
    await db.deleteFrom('session_roles').where('session_handle', '=', sessionId).where('tenant_id', '=', tenantId).execute();
  },
  /** One person's tokens in the sessions of their own organization. */
  dropPersonsTokens: async ({ tenantId, objectId }: Person): Promise<void> => {
    const theirs = db.selectFrom('sessions').select('handle').where('tenant_id', '=', tenantId).where('object_id', '=', objectId);
    await db.deleteFrom('token_records').where('session_handle', 'in', theirs).execute();
  },
  /** The latest session of each other person that holds tokens with which the organization can be asked, the latest first. */
  others: async (person: Person, tenantId: TenantId, limit: number): Promise<readonly TokenOwner[]> => {
    const guests = db.selectFrom('session_roles').select('session_handle').where('tenant_id', '=', tenantId);
    const rows = await db
      .selectFrom('sessions')
      .innerJoin('token_records', 'token_records.session_handle', 'sessions.handle')
      .select(['handle', 'sessions.tenant_id', 'sessions.object_id'])
      .where((or) => or.or([or('sessions.tenant_id', '=', tenantId), or('handle', 'in', guests)]))
      .where((or) => or.or([or('sessions.tenant_id', '!=', person.tenantId), or('sessions.object_id', '!=', person.objectId)]))
      .orderBy('last_seen_at', 'desc')
      .limit(limit * 10)
      .execute();
    const latest = new Map<string, TokenOwner>();
    for (const { handle, tenant_id, object_id } of rows) {
      const key = `${tenant_id} ${object_id}`;
      if (!latest.has(key)) latest.set(key, { sessionId: handle, tenantId: tenant_id as TenantId, objectId: object_id });
    }
    return [...latest.values()].slice(0, limit);
  },
});

/** Which organizations need to be connected again, since when, and whose sessions hold tokens of them. */
export const createWithdrawalStore = ({ db, clock = Date.now }: StoreOptions) =>
  Object.freeze({
    ...holders(db),
    find: async (tenantId: string): Promise<Withdrawal | undefined> => {
      const row = await db.selectFrom('tenant_withdrawals').select(['since', 'code']).where('tenant_id', '=', tenantId).executeTakeFirst();
      return row && { since: Number(row.since), code: row.code };
    },
    /** False where it was marked already, or is not a connected organization: the first mark says since when. */
    mark: async (tenantId: TenantId, code: string): Promise<boolean> => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('tenant_withdrawals')
        .columns(['tenant_id', 'since', 'code'])
        .expression((from) =>
          from
            .selectFrom('tenants')
            .select((value) => ['tenant_id', value.val(clock()).as('since'), value.val(code).as('code')])
            .where('tenant_id', '=', tenantId),
        )
        .onConflict((conflict) => conflict.column('tenant_id').doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    /** Whether the person has acted in the organization before: only then does a refusal speak of the organization. */
    hasReached: async (person: Person, tenantId: TenantId): Promise<boolean> => {
      if (person.tenantId === tenantId) return true;
      const row = await db
        .selectFrom('tenant_reach')
        .select('reached')
        .where('owner_tenant_id', '=', person.tenantId)
        .where('owner_object_id', '=', person.objectId)
        .where('tenant_id', '=', tenantId)
        .executeTakeFirst();
      return row?.reached === 1;
    },
    clear: async (tenantId: TenantId): Promise<void> => {
      await db.deleteFrom('tenant_withdrawals').where('tenant_id', '=', tenantId).execute();
    },
  });

export type WithdrawalStore = ReturnType<typeof createWithdrawalStore>;
