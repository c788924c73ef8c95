import type { IdTokenIdentity } from './id-token';

/** Quarry's own view of the identity service; MSAL, jose and HTTP stay behind it. Every method rejects with IdentityError. Built by `entra-client.ts`. */
export interface IdentityClient {
  authorizationUrl(request: AuthorizationRequest): Promise<string>;
  /** Redeems a code whose `state` was checked, validates the ID token, and gives who it is and the cache of the new session. */
  redeemCode(request: CodeRequest): Promise<Redeemed>;
  /** The cached token when it is good, without any network; undefined when a renewal is due. */
  cachedToken(request: SilentRequest): Promise<AccessToken | undefined>;
  /** Renews at the tenant's own authority, and gives the changed cache. */
  renewToken(request: SilentRequest): Promise<Renewed>;
  /** Where to send the browser to sign out there as well; undefined when the provider offers nothing of the kind. */
  logoutUrl(request: LogoutRequest): Promise<string | undefined>;
  adminConsentUrl(request: AdminConsentRequest): string;
  /** The issuer that an authorization response of this authority may name (RFC 9207); the tenant's part may be open. */
  isIssuerOf(tenant: string, issuer: string): Promise<boolean>;
}

export interface AuthorizationRequest {
  /** `organizations`, a tenant's id or domain. */
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeChallenge: string;
  readonly prompt?: 'login' | 'select_account' | 'consent' | undefined;
  readonly loginHint?: string | undefined;
  readonly claims?: string | undefined;
}

export interface CodeRequest {
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly code: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  /** A session's cache to add to; the person must be the one it is of. Absent: a new session's. */
  readonly cache?: TokenCache | undefined;
}

/** A session's MSAL cache and the account in it. Plain text: it holds the refresh token, so it is kept encrypted. */
export interface TokenCache {
  readonly homeAccountId: string;
  readonly msal: string;
}

export interface Redeemed {
  readonly identity: IdTokenIdentity;
  readonly cache: TokenCache;
  readonly grantedScopes: readonly string[];
}

export interface SilentRequest {
  /** The tenant the token is for: the person's own, or one where they are a guest. */
  readonly tenantId: string;
  readonly scopes: readonly string[];
  readonly cache: TokenCache;
  readonly claims?: string | undefined;
  readonly forceRefresh?: boolean | undefined;
  /** The person's object id in that tenant, where it is known: another's token is refused. */
  readonly objectId?: string | undefined;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
  /** Still good, but the service asks to renew it in advance. */
  readonly renewSoon: boolean;
  /** What its answer says was granted. */
  readonly scopes: readonly string[];
}

export interface Renewed {
  readonly accessToken: AccessToken;
  /** Whom the answer's ID token, validated, speaks of; undefined where a provider gives none at renewals. */
  readonly identity: IdTokenIdentity | undefined;
  readonly cache: TokenCache;
}

export interface LogoutRequest {
  readonly tenant: string;
  readonly postLogoutRedirectUri: string;
  readonly logoutHint?: string | undefined;
  readonly idTokenHint?: string | undefined;
}

export interface AdminConsentRequest {
  readonly tenant: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly state: string;
}
