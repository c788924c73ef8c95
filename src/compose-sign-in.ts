import { readFileSync } from 'node:fs';
import type { Router } from 'express';
import type { Config } from './config';
import { createAccessTokens, type AccessTokens } from './features/auth/access-tokens';
import { createAuthHandlers } from './features/auth/handlers';
import { createPending } from './features/auth/pending-sign-ins';
import type { Leases, PendingSignIns, RecordEvent, Sessions, TokenRecords } from './features/auth/ports';
import { authRoutes, frontChannelRoutes } from './features/auth/routes';
import { createSignInCookie } from './features/auth/sign-in-cookie';
import { createSignInService } from './features/auth/sign-in-service';
import { createSignOutService } from './features/auth/sign-out-service';
import { tellingOutages } from './features/auth/store-outage';
import type { TenantService } from './features/tenants/service';
import { readAuthority } from './identity/authority';
import type { ClientCredential } from './identity/client-credential';
import { createEntraClient } from './identity/entra-client';
import { createIdentityHttp } from './identity/http-client';
import { huntingScopes } from './identity/resources.data';
import type { Upstreams } from './upstreams';

export interface SignInParts {
  readonly config: Pick<Config, 'baseUrl' | 'secureCookies' | 'signIn' | 'huntingProvider'>;
  readonly upstreams: Pick<Upstreams, 'authorityHost' | 'clientId' | 'clientSecret' | 'certificatePath'>;
  readonly stores: {
    readonly pending: PendingSignIns;
    readonly tokens: TokenRecords;
    readonly leases: Leases;
    readonly sessions: Sessions;
    readonly endSession: (sessionId: string) => Promise<unknown>;
  };
  readonly tenants: TenantService;
  readonly record: RecordEvent;
  readonly reportFailure: (event: string, error: unknown) => void;
  readonly clock?: () => number;
}

export interface SignIn {
  readonly routes: Router;
  /** Before any session code. */
  readonly sessionless: Router;
  readonly accessTokens: AccessTokens;
  readonly close: () => Promise<void>;
}

const credentialOf = ({ clientSecret, certificatePath }: SignInParts['upstreams']): ClientCredential =>
  certificatePath ? { certificatePem: readFileSync(certificatePath, 'utf8') } : { secret: clientSecret ?? '' };

/** Signing in and out, and access tokens. Throws IdentityError `configuration` for a credential or authority that cannot work. */
export const composeSignIn = (parts: SignInParts): SignIn => {
  const { config, upstreams, stores, tenants, record, clock = Date.now } = parts;
  const [pendingStore, tokens, leases] = [tellingOutages(stores.pending), tellingOutages(stores.tokens), tellingOutages(stores.leases)];
  const authority = readAuthority(upstreams.authorityHost);
  const http = createIdentityHttp();
  const { tenant, redirectUri } = config.signIn;
  const { clientId } = upstreams;
  const identity = createEntraClient({ authority, clientId, credential: credentialOf(upstreams), tenant, http, clock });
  const pending = createPending({ store: pendingStore, cookie: createSignInCookie({ secure: config.secureCookies }), clock });
  const scopes = [huntingScopes[config.huntingProvider]];
  const shared = { identity, sessions: stores.sessions, tokens, record, tenant };
  const signIn = createSignInService({ ...shared, pending, tenants, redirectUri, scopes, clock });
  const signOut = createSignOutService({ ...shared, postLogoutRedirectUri: `${config.baseUrl}/` });
  const handlers = createAuthHandlers({ signIn, signOut, authorityOrigin: authority.origin, reportFailure: parts.reportFailure });
  return Object.freeze({
    routes: authRoutes(handlers, redirectUri),
    sessionless: frontChannelRoutes(handlers),
    accessTokens: createAccessTokens({ ...shared, leases, health: tenants, endSession: stores.endSession }),
    close: () => http.close(),
  });
};
