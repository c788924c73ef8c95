import { AppError } from '../errors';
import type { Database } from './database';
import { SealError, type Envelope } from './encryption';

/** Whose tokens: one signed-in session of one person. */
export interface TokenOwner {
  readonly sessionId: string;
  readonly tenantId: string;
  readonly objectId: string;
}

export interface TokenRecord {
  /** Starts at 1 and grows by one with each write. */
  readonly version: number;
  /** Opaque here: sign-in's serialised caches. */
  readonly content: string;
}

interface TokenRecordsOptions {
  readonly db: Database;
  readonly envelope: Envelope;
  readonly clock?: () => number;
}

const contextOf = (owner: TokenOwner) => ({ record: `tokens:${owner.sessionId}`, tenant: owner.tenantId, user: owner.objectId });

/** A first record: refused when there is one already, or no session to hang it on (the foreign key decides races). */
const insert = async ({ db, clock = Date.now }: TokenRecordsOptions, owner: TokenOwner, sealed: string): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('token_records')
    .columns(['session_handle', 'version', 'sealed', 'updated_at'])
    .expression((from) =>
      from
        .selectFrom('sessions')
        .select((value) => ['handle', value.val(1).as('version'), value.val(sealed).as('sealed'), value.val(clock()).as('updated_at')])
        .where('handle', '=', owner.sessionId),
    )
    .onConflict((conflict) => conflict.column('session_handle').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
};

const replace = async (
  { db, clock = Date.now }: TokenRecordsOptions,
  owner: TokenOwner,
  next: { sealed: string; expected: number },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('token_records')
    .set({ sealed: next.sealed, version: next.expected + 1, updated_at: clock() })
    .where('session_handle', '=', owner.sessionId)
    .where('version', '=', next.expected)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/**
 * Tokens at rest: one record a session, encrypted, bound to session, tenant and person. Writing is compare-and-set, and
 * impossible once the session has ended.
 */
export const createTokenRecords = (options: TokenRecordsOptions) => {
  const { db, envelope } = options;
  const open = async (owner: TokenOwner, sealed: string): Promise<string> => {
    try {
      return envelope.open(sealed, contextOf(owner));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      await db.deleteFrom('sessions').where('handle', '=', owner.sessionId).execute();
      throw new AppError({
        kind: 'unauthenticated',
        code: 'sign-in-again',
        publicMessage: 'Your session can no longer be used. Sign in again.',
        cause: error,
      });
    }
  };

  return Object.freeze({
    /** Undefined: none. A record that was tampered with or swapped ends the session and throws `sign-in-again`. */
    read: async (owner: TokenOwner): Promise<TokenRecord | undefined> => {
      const row = await db
        .selectFrom('token_records')
        .select(['sealed', 'version'])
        .where('session_handle', '=', owner.sessionId)
        .executeTakeFirst();
      return row && { version: row.version, content: await open(owner, row.sealed) };
    },
    /** Writes when the stored version is still `expected` (0: none yet) and the session still lives; false otherwise. */
    write: (owner: TokenOwner, content: string, expected: number): Promise<boolean> => {
      const sealed = envelope.seal(content, contextOf(owner));
      return expected === 0 ? insert(options, owner, sealed) : replace(options, owner, { sealed, expected });
    },
  });
};

export type TokenRecords = ReturnType<typeof createTokenRecords>;
