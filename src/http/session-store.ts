import { Store, type SessionData } from 'express-session';
import { AppError } from '../errors';
import type { TenantStanding } from './roles';

/** The stored sessions, as the web layer sees them (`createSessions` of src/database). */
export interface SessionRecords {
  find(id: string): Promise<StoredSession | undefined>;
  start(id: string, session: { user: StoredSession['user']; identitySid: string | null; data: string }): Promise<StoredSession>;
  update(id: string, data: string): Promise<boolean>;
  seen(id: string): Promise<void>;
  end(id: string): Promise<number>;
  /** Whose sessions ended. */
  endByIdentitySid(sid: string, tenantId?: string): Promise<readonly { readonly tenantId: string; readonly objectId: string }[]>;
}

export interface StoredSession {
  readonly handle: string;
  readonly user: {
    readonly tenantId: string;
    readonly objectId: string;
    readonly name: string;
    readonly username: string;
    readonly tenantName: string;
    /** `RoleFacts` as JSON (`src/http/roles.ts`). */
    readonly roleFacts: string;
  };
  readonly lastSeenAt: number;
  readonly rolesReadAt: number;
  readonly tenant: TenantStanding;
  readonly data: string;
}

declare module 'express-session' {
  interface SessionData {
    /** The row this session is; absent for anonymous visitors, who have none. */
    record: SessionRow;
    /** What is kept beside the person, replaced as a whole. */
    kept: KeptText;
  }
}

/** A stored session in a request: express-session compares sessions as JSON on every request, and of this the handle is enough. */
export class SessionRow {
  constructor(readonly stored: StoredSession) {}

  toJSON(): string {
    return this.stored.handle;
  }
}

let texts = 0;

/** JSON kept with a session. Of this too express-session compares little: another text is another object, with another number. */
export class KeptText {
  readonly #number = (texts += 1);

  constructor(readonly text: string) {}

  toJSON(): number {
    return this.#number;
  }
}

/** Somebody waits for a page: a database that does not answer by then is said to be down. */
const patienceMs = 900;

const down = (cause: unknown): AppError =>
  new AppError({
    kind: 'unavailable',
    code: 'session-store-down',
    publicMessage: 'Quarry cannot reach its database at the moment. You are still signed in; try again shortly.',
    cause,
  });

const outage = (error: unknown): AppError => (error instanceof AppError && error.kind === 'unavailable' ? error : down(error));

type Done<T = void> = (error?: unknown, value?: T) => void;

/** Calls `done` once: with what the store gives, or with AppError `unavailable` when it fails or does not answer in time. */
const settle = <T>(work: Promise<T>, done: Done<T> | undefined): void => {
  const late = setTimeout(() => {
    const given = done;
    done = undefined;
    given?.(down(new Error('the session store did not answer in time')));
  }, patienceMs);
  work.then(
    (value) => {
      clearTimeout(late);
      done?.(null, value);
    },
    (error: unknown) => {
      clearTimeout(late);
      done?.(outage(error));
    },
  );
};

/** Rejects with AppError `unavailable` when the store fails or does not answer in time. */
export const answerInTime = <T>(work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => settle(work, (error, value) => (error ? reject(error as AppError) : resolve(value as T))));

/**
 * express-session over the stored sessions. It never creates a row (`startSession` does): what a slow request saves after
 * a sign-out falls on nothing, and anonymous visitors leave no trace. A store that fails is an error, never "signed out".
 * It has no `touch`, for which express-session would hold back the end of every answer: the middleware restarts the idle limit.
 */
export class RecordStore extends Store {
  readonly #records: SessionRecords;
  readonly #cookie: SessionData['cookie'];

  constructor(options: { records: SessionRecords; cookie: object }) {
    super();
    this.#records = options.records;
    this.#cookie = { originalMaxAge: null, ...options.cookie } as SessionData['cookie'];
  }

  override get(id: string, done: Done<SessionData | null>): void {
    const found = this.#records.find(id).then((stored) => (stored ? this.#sessionOf(stored) : null));
    settle(found, done);
  }

  override set(id: string, session: SessionData, done?: Done): void {
    if (!session.record) return done?.();
    settle(
      this.#records.update(id, session.kept?.text ?? '{}').then(() => undefined),
      done,
    );
  }

  override destroy(id: string, done?: Done): void {
    settle(
      this.#records.end(id).then(() => undefined),
      done,
    );
  }

  #sessionOf(stored: StoredSession): SessionData {
    return { cookie: { ...this.#cookie }, record: new SessionRow(stored), kept: new KeptText(stored.data) };
  }
}
