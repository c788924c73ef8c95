import type { RequestHandler } from 'express';
import session from 'express-session';
import { AppError } from '../../errors';
import { attachUser, type SignedInUser, type TenantId } from '../current-user';
import { readRoleFacts, rolesOf, type Unassigned } from '../roles';
import { sessionCookie } from '../session-cookie';
import { answerInTime, RecordStore, type SessionRecords, type StoredSession } from '../session-store';

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

type Rights = Pick<SignedInUser, 'roles' | 'directoryAdministrator'>;

/** Combinations of what organizations say of people: few, and asked for on every request. */
const mostRights = 1_000;

/** What somebody may do, worked out once for all who are told the same of. */
const createRights = (unassigned: Unassigned) => {
  const known = new Map<string, Rights>();
  return (key: string, { user, tenant }: StoredSession): Rights => {
    const found = known.get(key);
    if (found) return found;
    const facts = readRoleFacts(user.roleFacts);
    const rights = { roles: Object.freeze(rolesOf(facts, tenant, unassigned)), directoryAdministrator: facts.directoryAdministrator };
    if (known.size >= mostRights) known.clear();
    known.set(key, rights);
    return rights;
  };
};

const attachSignedInUser = ({ records, unassigned, onOldRoles, clock = Date.now }: SessionOptions): RequestHandler => {
  const rights = createRights(unassigned);
  return async (req, _res, next) => {
    const stored = req.session.record?.stored;
    if (!stored) return next();
    const { tenantId, objectId, name, username, tenantName, roleFacts } = stored.user;
    const { connected, assignsRoles } = stored.tenant;
    const user: SignedInUser = {
      tenantId: tenantId as TenantId,
      objectId,
      name,
      username,
      tenantName,
      ...rights(`${connected} ${assignsRoles} ${roleFacts}`, stored),
      connected,
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
