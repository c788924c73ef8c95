import type { Database } from './database';
import type { Envelope } from './encryption';

/** A sign-in (or a connection) that left for the identity service and has not come back. */
export interface PendingSignInRecord {
  /** Digest of `state`: what the record is found by. */
  readonly stateHash: string;
  /** Digest of the cookie that ties it to the browser that began it. */
  readonly browserHash: string;
  /** Milliseconds of the server's clock. */
  readonly expiresAt: number;
}

/**
 * Pending sign-ins of type `P` (sign-in decides what else is in it): encrypted at rest, taken once whatever the number of
 * instances, and the newest few of a browser alone.
 */
export const createPendingSignIns = <P extends PendingSignInRecord>({ db, envelope, clock = Date.now }: PendingOptions) => {
  const context = (stateHash: string) => ({ record: `pending:${stateHash}`, tenant: '', user: '' });

  const keepNewest = async (browserHash: string, limit: number): Promise<void> => {
    const newest = db
      .selectFrom('pending_sign_ins')
      .select('state_hash')
      .where('browser_hash', '=', browserHash)
      .orderBy('created_at', 'desc')
      .orderBy('state_hash')
      .limit(limit);
    await db.deleteFrom('pending_sign_ins').where('browser_hash', '=', browserHash).where('state_hash', 'not in', newest).execute();
  };

  return Object.freeze({
    /** Keeps it, and forgets this browser's oldest ones beyond `limit`. */
    add: async (pending: P, limit: number): Promise<void> => {
      const { stateHash, browserHash, expiresAt } = pending;
      const sealed = envelope.seal(JSON.stringify(pending), context(stateHash));
      const row = { state_hash: stateHash, browser_hash: browserHash, sealed, created_at: clock(), expires_at: expiresAt };
      await db.insertInto('pending_sign_ins').values(row).execute();
      await keepNewest(browserHash, limit);
    },
    /** Removes and returns it, expired or not: one caller ever gets it. A record that was tampered with throws `SealError`. */
    take: async (stateHash: string): Promise<P | undefined> => {
      const row = await db.deleteFrom('pending_sign_ins').where('state_hash', '=', stateHash).returning('sealed').executeTakeFirst();
      return row && (JSON.parse(envelope.open(row.sealed, context(stateHash))) as P);
    },
    prune: async (): Promise<void> => {
      await db.deleteFrom('pending_sign_ins').where('expires_at', '<=', clock()).execute();
    },
  });
};

interface PendingOptions {
  readonly db: Database;
  readonly envelope: Envelope;
  readonly clock?: () => number;
}
