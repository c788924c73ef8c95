import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Database } from './database';
import { digest } from './key-ring';
import type { SessionsTable } from './tables';

export interface SessionUser {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly username: string;
  readonly tenantName: string;
  /** What the person's organization says of their roles (JSON of the web layer). */
  readonly roleFacts: string;
}

export interface NewSessionRecord {
  readonly user: SessionUser;
  /** The identity service's own session id, when it tells: front-channel sign-out names it. */
  readonly identitySid: string | null;
  /** What else the web layer keeps (JSON). */
  readonly data: string;
}

/** How the person's organization stands with us, which decides what their roles come to. */
export interface TenantStanding {
  readonly connected: boolean;
  readonly assignsRoles: boolean;
}

export interface SessionRecord {
  /** Ours, opaque, not the cookie's id: tokens and runs hang on it. */
  readonly handle: string;
  readonly user: SessionUser;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly rolesReadAt: number;
  readonly tenant: TenantStanding;
  readonly data: string;
}

/** Whose session it was. */
export interface EndedSession {
  readonly tenantId: string;
  readonly objectId: string;
}

export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

export interface SessionsOptions {
  readonly db: Database;
  readonly limits: SessionLimits;
  readonly clock?: () => number;
}

type FoundRow = Selectable<SessionsTable> & { readonly tenant_connected: number; readonly tenant_assigns: number };

const isOne = (value: unknown): boolean => Number(value) === 1;

/** One statement finds the session and how its organization stands: nothing that was decided there waits for the next sign-in. */
const standing = [
  sql<number>`case when exists (select 1 from tenants t where t.tenant_id = sessions.tenant_id) then 1 else 0 end`.as('tenant_connected'),
  sql<number>`case when exists (select 1 from role_assigning_tenants r where r.tenant_id = sessions.tenant_id) then 1 else 0 end`.as(
    'tenant_assigns',
  ),
] as const;

const recordOf = (row: FoundRow): SessionRecord => ({
  handle: row.handle,
  user: {
    tenantId: row.tenant_id,
    objectId: row.object_id,
    name: row.name,
    username: row.username,
    tenantName: row.tenant_name,
    roleFacts: row.role_facts,
  },
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  rolesReadAt: Number(row.roles_read_at),
  tenant: { connected: isOne(row.tenant_connected), assignsRoles: isOne(row.tenant_assigns) },
  data: row.data,
});

const rowOf = (id: string, { user, identitySid, data }: NewSessionRecord, now: number): SessionsTable => ({
  id_hash: digest(id),
  handle: randomUUID(),
  tenant_id: user.tenantId,
  object_id: user.objectId,
  name: user.name,
  username: user.username,
  tenant_name: user.tenantName,
  identity_sid_hash: identitySid === null ? null : digest(identitySid),
  role_facts: user.roleFacts,
  roles_read_at: now,
  data,
  created_at: now,
  last_seen_at: now,
});

/**
 * Signed-in sessions. Rows exist for signed-in people alone; both limits are measured by this server's clock from stored
 * times; nothing but `start` creates a row and an ended id never starts again, so no request in flight revives a session.
 */
export const createSessions = (options: SessionsOptions) => {
  const { db, clock = Date.now } = options;
  return Object.freeze({
    ...ending(options),
    ...finding(options),
    /** Creates the session of somebody who just signed in; rejects an id that exists or has ended. */
    start: async (id: string, session: NewSessionRecord): Promise<SessionRecord> => {
      const row = rowOf(id, session, clock());
      await db.transaction().execute(async (trx) => {
        const ended = await trx.selectFrom('ended_sessions').select('id_hash').where('id_hash', '=', row.id_hash).executeTakeFirst();
        if (ended) throw new Error('this session id has ended');
        await trx.insertInto('sessions').values(row).execute();
      });
      return recordOf(
        await db.selectFrom('sessions').selectAll().select(standing).where('id_hash', '=', row.id_hash).executeTakeFirstOrThrow(),
      );
    },
    /** Replaces the web layer's data; false when the session is gone (it stays gone). */
    update: async (id: string, data: string): Promise<boolean> => {
      const change = { data, last_seen_at: clock() };
      const { numUpdatedRows } = await db.updateTable('sessions').set(change).where('id_hash', '=', digest(id)).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    /** What the person's organization says of their roles now; with the next request it holds. */
    setRoleFacts: async (handle: string, roleFacts: string): Promise<void> => {
      const change = { role_facts: roleFacts, roles_read_at: clock() };
      await db.updateTable('sessions').set(change).where('handle', '=', handle).execute();
    },
    /** Restarts the idle limit. */
    seen: async (id: string): Promise<void> => {
      await db.updateTable('sessions').set({ last_seen_at: clock() }).where('id_hash', '=', digest(id)).execute();
    },
  });
};

const finding = ({ db, limits, clock = Date.now }: SessionsOptions) => {
  // Every request of a signed-in person asks this: the statement is put together once.
  const statement = db
    .selectFrom('sessions')
    .selectAll()
    .select(standing)
    .where('id_hash', '=', '')
    .where('created_at', '>', 0)
    .where('last_seen_at', '>', 0)
    .modifyEnd(sql`limit 1`)
    .compile();
  return {
    /** The live session of a cookie's id; one past its limits reads as none (and is pruned later). */
    find: async (cookieId: string): Promise<SessionRecord | undefined> => {
      const now = clock();
      const parameters = [digest(cookieId), now - limits.absoluteMs, now - limits.idleMs];
      const { rows } = await db.executeQuery<FoundRow>({ ...statement, parameters });
      return rows[0] && recordOf(rows[0]);
    },
    count: async (): Promise<number> => {
      const { n } = await db
        .selectFrom('sessions')
        .select(sql<number>`count(*)`.as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  };
};

const ending = ({ db, limits, clock = Date.now }: SessionsOptions) => {
  const endWhere = (
    column: 'id_hash' | 'handle' | 'identity_sid_hash' | 'tenant_id',
    value: string,
    tenantId?: string,
  ): Promise<readonly EndedSession[]> =>
    db.transaction().execute(async (trx) => {
      const picked = trx.deleteFrom('sessions').where(column, '=', value);
      const gone = await (tenantId === undefined ? picked : picked.where('tenant_id', '=', tenantId))
        .returning(['id_hash', 'tenant_id', 'object_id'])
        .execute();
      const ended = gone.map(({ id_hash }) => ({ id_hash, ended_at: clock() }));
      if (ended.length > 0) {
        const tombstones = trx.insertInto('ended_sessions').values(ended);
        await tombstones.onConflict((conflict) => conflict.column('id_hash').doNothing()).execute();
      }
      return gone.map(({ tenant_id, object_id }) => ({ tenantId: tenant_id, objectId: object_id }));
    });
  return {
    /** Sign-out: the session and its tokens are gone for good, on every instance. Gives how many ended. */
    end: async (id: string) => (await endWhere('id_hash', digest(id))).length,
    endByHandle: async (handle: string) => (await endWhere('handle', handle)).length,
    /** Every session of an organization's people. */
    endByTenant: async (tenantId: string) => (await endWhere('tenant_id', tenantId)).length,
    /** Front-channel sign-out: by the identity service's own session id. Gives whose sessions ended. */
    endByIdentitySid: (sid: string, tenantId?: string) => endWhere('identity_sid_hash', digest(sid), tenantId),
    /** Drops what time has ended; gives how many sessions that were. */
    prune: async (): Promise<number> => {
      const [born, seen] = [clock() - limits.absoluteMs, clock() - limits.idleMs];
      const tooOld = db.deleteFrom('sessions').where((or) => or.or([or('created_at', '<=', born), or('last_seen_at', '<=', seen)]));
      const { numDeletedRows } = await tooOld.executeTakeFirst();
      await db.deleteFrom('ended_sessions').where('ended_at', '<=', born).execute();
      return Number(numDeletedRows);
    },
  };
};

export type Sessions = ReturnType<typeof createSessions>;
