import type { Database } from './database';
import { digest } from './key-ring';

interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

export interface SessionsOptions {
  readonly db: Database;
  readonly limits: SessionLimits;
  readonly clock?: () => number;
}

/** Whose session it was. */
interface EndedSession {
  readonly tenantId: string;
  readonly objectId: string;
}

/** How sessions end: for good, leaving a tombstone each, so that no request in flight revives one. */
export const sessionEnding = ({ db, limits, clock = Date.now }: SessionsOptions) => {
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
