import type { RequestHandler } from 'express';
import session from 'express-session';
import { AppError } from '../../errors';
import { attachUser, type SignedInUser, type TenantId } from '../current-user';
import { readRoleFacts, rolesOf, type Unassigned } from '../roles';
import { sessionCookie } from '../session-cookie';
import { answerInTime, RecordStore, type SessionRecords } from '../session-store';

export interface SessionOptions {
  readonly records: SessionRecords;
  /** Keys that sign the cookie, newest first: any verifies, so a rotation signs nobody out. */
  readonly cookieKeys: readonly string[];
  /** Whether people reach us by https (BASE_URL says so). */
  readonly secure: boolean;
  /** What people are where their organization assigns no roles. */
  readonly unassigned: Unassigned;
  /** Called, and not waited for, when nobody has asked the identity service about this person's roles for an hour. */
  readonly onOldRoles?: (user: SignedInUser) => void;
  readonly clock?: () => number;
}

/** The scheme is BASE_URL's: behind a proxy that sends no `X-Forwarded-Proto` the Secure cookie is set all the same. */
const schemeFromConfiguration: RequestHandler = (req, _res, next) => {
  Object.defineProperty(req, 'secure', { value: true });
  next();
};

const requireStore: RequestHandler = (req, _res, next) => {
  if (req.session) return next();
  const publicMessage = 'Quarry cannot reach its database at the moment. You are still signed in; try again shortly.';
  return next(new AppError({ kind: 'unavailable', code: 'session-store-down', publicMessage }));
};

/** The idle limit is restarted at most this often; not every page view is a write. */
const seenEveryMs = 60_000;

/** Tokens may live for a day; what somebody may do is asked again sooner. */
const rolesEveryMs = 60 * 60_000;

const attachSignedInUser = ({ records, unassigned, onOldRoles, clock = Date.now }: SessionOptions): RequestHandler => {
  return async (req, _res, next) => {
    const stored = req.session.record?.stored;
    if (!stored) return next();
    const { roleFacts, ...person } = stored.user;
    const facts = readRoleFacts(roleFacts);
    const user: SignedInUser = {
      ...person,
      tenantId: person.tenantId as TenantId,
      roles: rolesOf(facts, stored.tenant, unassigned),
      connected: stored.tenant.connected,
      directoryAdministrator: facts.directoryAdministrator,
      sessionId: stored.handle,
    };
    attachUser(req, user);
    if (clock() - stored.rolesReadAt >= rolesEveryMs) onOldRoles?.(user);
    if (clock() - stored.lastSeenAt >= seenEveryMs) await answerInTime(records.seen(req.sessionID));
    next();
  };
};

/** Reads the session of a request's cookie and, where there is one, attaches the signed-in user. */
export const sessionMiddleware = (given: SessionOptions): readonly RequestHandler[] => {
  const { records, cookieKeys, secure } = given;
  const { name, options } = sessionCookie(secure);
  const store = new RecordStore({ records, cookie: options });
  const reads = session({ name, cookie: options, secret: [...cookieKeys], store, resave: false, saveUninitialized: false });
  return [...(secure ? [schemeFromConfiguration] : []), reads, requireStore, attachSignedInUser(given)];
};
