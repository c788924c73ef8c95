import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors';
import type { Role } from './roles';

declare const tenantBrand: unique symbol;
/** A directory (tenant) id: a lower-case GUID that a validated ID token or the stored session vouches for. */
export type TenantId = string & { readonly [tenantBrand]: true };

/** The person this request acts for. Identity is (`tenantId`, `objectId`); the names are for display alone. */
export interface SignedInUser {
  readonly tenantId: TenantId;
  readonly objectId: string;
  readonly name: string;
  readonly username: string;
  readonly tenantName: string;
  /** What they may do in their own organization, with all that it includes (`src/http/roles.ts`). */
  readonly roles: readonly Role[];
  /** Whether their own organization is connected; where it is not, they have no role. */
  readonly connected: boolean;
  /** Whether they administer their own organization's directory. */
  readonly directoryAdministrator: boolean;
  /** Our own opaque session handle (never the cookie's value): tokens and runs hang on it. */
  readonly sessionId: string;
}

const users = new WeakMap<Request, SignedInUser>();

/** Called by the session middleware alone, after it checked the session's age and its tombstone. */
export const attachUser = (req: Request, user: SignedInUser): void => {
  users.set(req, user);
};

/** The session has just ended: what is answered is a stranger's page. */
export const detachUser = (req: Request): void => {
  users.delete(req);
};

export const currentUser = (req: Request): SignedInUser | undefined => users.get(req);

/** The signed-in user of a route behind `requireSignIn`; a missing guard is a bug. */
export const signedInUser = (req: Request): SignedInUser => {
  const user = users.get(req);
  if (!user) throw new AppError({ kind: 'bug', code: 'guard-missing', publicMessage: 'Something went wrong on our side.' });
  return user;
};

/** A reader of a page is sent to sign in and back to this very address; data (`.json`) and unsafe methods get 401. */
export const requireSignIn: RequestHandler = (req, res, next) => {
  if (users.has(req)) return next();
  if ((req.method === 'GET' || req.method === 'HEAD') && !req.path.endsWith('.json')) {
    return res.redirect(303, `/auth/signin?return_to=${encodeURIComponent(req.originalUrl)}`);
  }
  return next(
    new AppError({
      kind: 'unauthenticated',
      code: 'sign-in-needed',
      publicMessage: 'Your session has ended. Sign in and send this again.',
    }),
  );
};
