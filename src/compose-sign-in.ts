import { readFileSync } from 'node:fs';
import { Router } from 'express';
import type { Config } from './config';
import { createAccessTokens, type AccessTokens } from './features/auth/access-tokens';
import { createAuthHandlers } from './features/auth/handlers';
import { createPending, type Pending } from './features/auth/pending-sign-ins';
import type { Leases, PendingSignIns, RecordEvent, Sessions, TokenRecords } from './features/auth/ports';
import { readRedirectAnswer } from './features/auth/redirect-answer';
import { authRoutes, frontChannelRoutes } from './features/auth/routes';
import { createSessionCache } from './features/auth/session-cache';
import { createSignInCookie } from './features/auth/sign-in-cookie';
import { createSignInService, type SignInService } from './features/auth/sign-in-service';
import { createSignOutService } from './features/auth/sign-out-service';
import { tellingOutages } from './features/auth/store-outage';
import { createConnectService, type ConnectPorts } from './features/tenants/connect-service';
import { createTenantHandlers } from './features/tenants/handlers';
import { rememberList } from './features/tenants/remembered-list';
import { createReach } from './features/tenants/reach';
import { tenantRoutes } from './features/tenants/routes';
import { createTenantService, type TenantService } from './features/tenants/service';
import type { TenantStore } from './features/tenants/store';
import type { SignedInUser } from './http/current-user';
import { rateLimit } from './http/middleware/rate-limit';
import { onPath } from './http/on-path';
import { readAuthority } from './identity/authority';
import type { ClientCredential } from './identity/client-credential';
import { createEntraClient } from './identity/entra-client';
import { createIdentityHttp } from './identity/http-client';
import type { IdentityClient } from './identity/identity-client';
import { consentScopes, huntingScopes } from './identity/resources.data';
import type { Upstreams } from './upstreams';

export interface SignInParts {
  readonly config: Pick<Config, 'baseUrl' | 'secureCookies' | 'signIn' | 'huntingProvider'>;
  readonly upstreams: Pick<Upstreams, 'authorityHost' | 'clientId' | 'clientSecret' | 'certificatePath'>;
  readonly stores: {
    readonly pending: PendingSignIns;
    readonly tokens: TokenRecords;
    readonly leases: Leases;
    readonly sessions: Sessions;
    readonly tenants: TenantStore;
    readonly endSession: (sessionId: string) => Promise<unknown>;
  };
  /** The tenants that this installation serves; null: every tenant whose administrator consented. */
  readonly allowedTenants: readonly string[] | null;
  readonly record: RecordEvent;
  readonly reportFailure: (event: string, error: unknown) => void;
  readonly clock?: () => number;
}

export interface SignIn {
  readonly routes: Router;
  /** Before any session code. */
  readonly sessionless: Router;
  readonly accessTokens: AccessTokens;
  /** The organizations a person may choose from. */
  readonly directory: Pick<TenantService, 'listFor'>;
  readonly close: () => Promise<void>;
}

const credentialOf = ({ clientSecret, certificatePath }: SignInParts['upstreams']): ClientCredential =>
  certificatePath ? { certificatePem: readFileSync(certificatePath, 'utf8') } : { secret: clientSecret ?? '' };

const connectPorts = (pending: Pending, signIn: SignInService): ConnectPorts => ({
  begin: (req, res, tenant) => pending.begin(req, res, { returnTo: '/tenants', tenant, purpose: 'consent', attempt: 0 }),
  finish: (req, state) => pending.finish(req, state, ['consent']),
  signInInto: signIn.beginConnecting,
});

interface Built {
  readonly identity: IdentityClient;
  readonly pending: Pending;
  readonly signIn: SignInService;
  readonly tenants: TenantService;
  readonly explore: (user: SignedInUser) => Promise<void>;
}

const tenantHandlersOf = ({ config }: SignInParts, { identity, pending, signIn, tenants, explore }: Built) => {
  const { tenant, consentRedirectUri } = config.signIn;
  const scope = consentScopes[config.huntingProvider];
  const connect = createConnectService({ identity, ports: connectPorts(pending, signIn), redirectUri: consentRedirectUri, scope, tenant });
  const onlyTenant = tenant === 'organizations' ? null : tenant;
  return createTenantHandlers({ connect, tenants, explore, readAnswer: readRedirectAnswer, onlyTenant });
};

/** An office behind one address may sign in at nine o'clock; a flood is more than that. */
const signInLimit = { requests: 240, perMs: 60_000 };

/** What writes rows or calls the identity service for people whom nobody knows yet. */
const limited = (redirectUris: readonly string[]): Router => {
  const limit = rateLimit(signInLimit);
  const paths = ['/auth/signin', '/auth/frontchannel-logout', ...redirectUris.map((uri) => new URL(uri).pathname)];
  const router = Router();
  for (const path of paths) router.use(onPath(path, limit));
  return router;
};

/** Signing in and out, access tokens, and connected organizations. Throws IdentityError `configuration` for settings that cannot work. */
export const composeSignIn = (parts: SignInParts): SignIn => {
  const { config, upstreams, stores, record, reportFailure, clock = Date.now } = parts;
  const [pendingStore, tokens, leases] = [tellingOutages(stores.pending), tellingOutages(stores.tokens), tellingOutages(stores.leases)];
  const { clientId, authorityHost } = upstreams;
  const { tenant, redirectUri, consentRedirectUri } = config.signIn;
  const authority = readAuthority(authorityHost);
  const http = createIdentityHttp();
  const identity = createEntraClient({ authority, clientId, credential: credentialOf(upstreams), tenant, http, clock });
  const pending = createPending({ store: pendingStore, cookie: createSignInCookie({ secure: config.secureCookies }), clock });
  const tenants = createTenantService({
    store: stores.tenants,
    allowed: parts.allowedTenants,
    resource: config.huntingProvider,
    clock,
  });
  const shared = { identity, sessions: stores.sessions, tokens, cache: createSessionCache({ tokens, leases }), record, tenant };
  const accessTokens = createAccessTokens({ ...shared, health: tenants, serves: tenants.serves, endSession: stores.endSession });
  const resource = config.huntingProvider;
  const { explore } = createReach({
    store: stores.tenants,
    acquire: (user, tenantId) => accessTokens.acquire({ user, tenantId, resource }),
    clock,
  });
  const signIn = createSignInService({ ...shared, pending, tenants, redirectUri, scopes: [huntingScopes[resource]], clock });
  const signOut = createSignOutService({ ...shared, postLogoutRedirectUri: `${config.baseUrl}/` });
  const auth = createAuthHandlers({ signIn, signOut, authorityOrigin: authority.origin, reportFailure });
  const organizations = tenantHandlersOf(parts, { identity, pending, signIn, tenants, explore });
  return Object.freeze({
    routes: Router().use(authRoutes(auth, redirectUri), tenantRoutes(organizations, consentRedirectUri)),
    sessionless: Router().use(limited([redirectUri, consentRedirectUri]), frontChannelRoutes(auth)),
    accessTokens,
    directory: {
      listFor: rememberList({
        list: async (user: SignedInUser) => {
          await explore(user);
          return tenants.listFor(user);
        },
        connections: () => stores.tenants.connections(),
        clock,
      }),
    },
    close: () => http.close(),
  });
};
