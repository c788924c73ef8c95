import { randomUUID } from 'node:crypto';
import type { Database } from './database';

export interface Lease {
  release(): Promise<void>;
}

/** Leases: a named right that one caller holds for a while, kept as a row so that a crashed holder's ends by itself. */
export const createLeases = ({ db, clock = Date.now }: { db: Database; clock?: () => number }) =>
  Object.freeze({
    /** The lease, or undefined while somebody else, on whatever instance, holds it. */
    tryAcquire: async (name: string, ttlMs: number): Promise<Lease | undefined> => {
      const [holder, now] = [randomUUID(), clock()];
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('leases')
        .values({ name, holder, expires_at: now + ttlMs })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, expires_at: now + ttlMs })
            .where('leases.expires_at', '<=', now),
        )
        .executeTakeFirst();
      if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return undefined;
      return {
        release: async () => {
          await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
        },
      };
    },
    prune: async (): Promise<void> => {
      await db.deleteFrom('leases').where('expires_at', '<=', clock()).execute();
    },
  });

export type Leases = ReturnType<typeof createLeases>;
