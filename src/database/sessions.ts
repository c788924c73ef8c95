import { sql } from 'kysely';
import { digest } from './key-ring';
import { sessionEnding, type SessionsOptions } from './session-ending';
import { recordOf, rowOf, standing, type FoundRow, type NewSessionRecord, type SessionRecord } from './session-records';

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

/**
 * Signed-in sessions. Rows exist for signed-in people alone; both limits are measured by this server's clock from stored
 * times; nothing but `start` creates a row and an ended id never starts again, so no request in flight revives a session.
 */
export const createSessions = (options: SessionsOptions) => {
  const { db, clock = Date.now } = options;
  return Object.freeze({
    ...sessionEnding(options),
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

export type Sessions = ReturnType<typeof createSessions>;
