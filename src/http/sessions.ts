import type { Request, Response } from 'express';
import type { TenantId } from './current-user';
import type { RoleFacts } from './roles';
import { sessionCookie } from './session-cookie';
import { KeptText, SessionRow, type SessionRecords } from './session-store';

/** Who signed in, and what signing out later needs. */
export interface NewSession {
  readonly tenantId: TenantId;
  readonly objectId: string;
  readonly name: string;
  readonly username: string;
  readonly tenantName: string;
  readonly roleFacts: RoleFacts;
  /** The identity service's own session id, when it tells. */
  readonly identitySid: string | null;
  readonly logoutHint: string | null;
  readonly signedInAt: number;
}

/** What stays as it was at sign-in. */
export type SignInDetails = Omit<NewSession, 'roleFacts'>;

const regenerate = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => req.session.regenerate((error: unknown) => (error ? reject(error) : resolve())));

const destroy = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => req.session.destroy((error: unknown) => (error ? reject(error) : resolve())));

/** Sessions as sign-in and sign-out use them; rejects with AppError `unavailable` when the store does not answer. */
export const createWebSessions = ({ records, secure }: { records: SessionRecords; secure: boolean }) => {
  const { name: cookieName, options } = sessionCookie(secure);
  return Object.freeze({
    /** Starts a session under a new cookie id; the one this browser had ends, tokens included. Resolves with its handle, stored. */
    begin: async (req: Request, _res: Response, session: NewSession): Promise<string> => {
      const { roleFacts, ...signIn } = session;
      const { tenantId, objectId, name, username, tenantName, identitySid } = signIn;
      await regenerate(req);
      const user = { tenantId, objectId, name, username, tenantName, roleFacts: JSON.stringify(roleFacts) };
      const data = JSON.stringify({ signIn });
      const stored = await records.start(req.sessionID, { user, identitySid, data });
      req.session.record = new SessionRow(stored);
      req.session.kept = new KeptText(data);
      return stored.handle;
    },
    /** Ends this browser's session for good and clears its cookie. */
    end: async (req: Request, res: Response): Promise<void> => {
      if (req.session) await destroy(req);
      res.clearCookie(cookieName, options);
    },
    /** What was stored at `begin`. */
    details: async (req: Request): Promise<SignInDetails | undefined> => {
      const { signIn } = JSON.parse(req.session?.kept?.text ?? '{}') as { signIn?: SignInDetails };
      return signIn;
    },
    /** Ends every session that the identity service knows as `sid`; unknown: nothing happens. Gives whose they were. */
    endByIdentitySid: (sid: string, tenantId?: string) => records.endByIdentitySid(sid, tenantId),
  });
};
