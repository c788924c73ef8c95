import type { Request, Response } from 'express';
import type { TenantId } from '../../http/current-user';
import type { RoleFacts } from '../../http/roles';
import type { IdentityError } from '../../identity/identity-error';
import type { Resource } from '../../identity/resources.data';

/**
 * What signing in needs from the rest of the house, and nothing more. `composition.ts` adapts the real parts
 * (`src/database`, the session middleware) to these shapes; tests pass small fakes of the same shapes.
 * A port that cannot reach its store rejects with AppError `unavailable`; nobody is treated as signed out for that.
 */

/** One sign-in that a browser started and has not finished. Only digests of what the browser holds are kept. */
export interface PendingSignIn {
  /** base64url SHA-256 of the `state` sent to the identity service: the key of this record. */
  readonly stateHash: string;
  /** base64url SHA-256 of the browser's short-lived sign-in cookie. */
  readonly browserHash: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** A path of ours. */
  readonly returnTo: string;
  /** The authority's tenant that both legs use: `organizations`, or one tenant's id. */
  readonly tenant: string;
  /**
   * `sign-in` starts a session; `connect` does too and connects the tenant it proves; `consent` awaits an administrator;
   * `reach` adds another tenant's rights to the session of `sessionId`, whose person stays who they are.
   */
  readonly purpose: 'sign-in' | 'connect' | 'consent' | 'reach';
  readonly sessionId?: string | undefined;
  /** Automatic restarts that already happened: at most one, so nothing loops. */
  readonly attempt: number;
  /** Milliseconds of the server's clock. */
  readonly expiresAt: number;
}

export interface PendingSignIns {
  /** Keeps it, and forgets this browser's oldest ones beyond `limit`. */
  add(pending: PendingSignIn, limit: number): Promise<void>;
  /** Removes and returns it, expired or not: one caller ever gets it, on any instance. */
  take(stateHash: string): Promise<PendingSignIn | undefined>;
}

/** What a validated ID token says about a person, and what signing out later needs. */
export interface NewSession {
  readonly tenantId: TenantId;
  readonly objectId: string;
  readonly name: string;
  readonly username: string;
  readonly tenantName: string;
  readonly roleFacts: RoleFacts;
  /** The identity service's own session id (`sid`), when it tells: front-channel sign-out names it. */
  readonly identitySid: string | null;
  /** The opaque `login_hint` claim, when there: the identity service then asks no account at sign-out. */
  readonly logoutHint: string | null;
  readonly signedInAt: number;
}

/** Sessions as sign-in and sign-out see them; implemented beside the session middleware. */
export interface Sessions {
  /**
   * Starts a session on this browser: new cookie id, whatever session the browser had before ends (its tokens too).
   * Resolves with the opaque handle (`SignedInUser.sessionId`) once it is stored.
   */
  begin(req: Request, res: Response, session: NewSession): Promise<string>;
  /** Ends this browser's session for good: no request in flight can bring it or its tokens back. Clears the cookie. */
  end(req: Request, res: Response): Promise<void>;
  /** What was stored at `begin`, for the session of this request. */
  details(req: Request): Promise<Omit<NewSession, 'roleFacts'> | undefined>;
  /** Ends every session that the identity service knows as `sid` (of `tenantId`, where it says so). Unknown: nothing happens. */
  endByIdentitySid(sid: string, tenantId?: string): Promise<readonly { readonly tenantId: string; readonly objectId: string }[]>;
}

/** A session's tokens: one record, encrypted at rest, bound to session, tenant and user, changed by compare-and-set. */
export interface TokenRecord {
  /** Starts at 1 and grows by one with each write. */
  readonly version: number;
  /** Serialised by this feature; opaque to the store. */
  readonly content: string;
}

export interface TokenOwner {
  readonly sessionId: string;
  readonly tenantId: TenantId;
  readonly objectId: string;
}

export interface TokenRecords {
  read(owner: TokenOwner): Promise<TokenRecord | undefined>;
  /** Writes when the stored version is still `expected` (0: none yet) and the session still lives; false otherwise. */
  write(owner: TokenOwner, content: string, expected: number): Promise<boolean>;
}

/** Named locks with a time limit, shared by all instances. */
export interface Leases {
  /** undefined: somebody else holds it. A lease that is not released ends by itself after `ttlMs`. */
  tryAcquire(name: string, ttlMs: number): Promise<{ release(): Promise<void> } | undefined>;
}

/** The organizations that may use this installation (`src/features/tenants`). */
export interface TenantAdmission {
  /**
   * Called with a validated identity before a session exists. Gives the name to show; rejects with AppError `forbidden`
   * for a tenant that this installation does not serve. `consented`: the token that came along carries what hunting needs.
   */
  admit(arrival: Arrival): Promise<{ readonly name: string }>;
}

export interface Arrival {
  readonly tenantId: TenantId;
  readonly objectId: string;
  readonly username: string;
  readonly guest: boolean;
  readonly consented: boolean;
  readonly connecting: boolean;
  /** The token says that the person administers the organization: its directory, or this application by its role. */
  readonly administrator?: boolean;
  /** What the answer of hunting's token, which came along, names as granted. */
  readonly grantedScopes?: readonly string[];
}

/** What token calls tell about an organization: when it last worked, and what stopped it. */
export interface TenantHealth {
  /** A token for `tenantId` was given to `user`: the consent stands, and this person may act there. */
  succeeded(tenantId: TenantId, user: { readonly tenantId: TenantId; readonly objectId: string }): Promise<void>;
  failed(tenantId: TenantId, code: string, correlationId?: string): Promise<void>;
  /** The answer that a token of `resource` has just come with names `scopes`: what the organization has granted of that API. */
  granted(tenantId: TenantId, resource: Resource, scopes: readonly string[]): Promise<void>;
  /** A token was refused; the organization's board keeps what that says of its consent or its licence. */
  refused(
    tenantId: TenantId,
    asked: { readonly resource: Resource; readonly scope?: string },
    error: Pick<IdentityError, 'failure' | 'aadsts' | 'code' | 'correlationId'>,
  ): Promise<void>;
}

/** Who signed in or out, for the audit trail and the log. Never a token, a code or a cookie. */
export type RecordEvent = (event: {
  readonly action:
    | 'sign-in'
    | 'sign-in-refused'
    | 'sign-out'
    | 'tenant-connected'
    | 'session-ended'
    | 'roles-changed'
    | 'consent-withdrawn'
    | 'consent-missing';
  readonly tenantId?: string;
  readonly objectId?: string;
  readonly code?: string;
}) => void;
