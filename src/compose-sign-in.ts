import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import type { Config } from './config';
import { createAccessTokens, type AccessTokens } from './features/auth/access-tokens';
import { createAuthHandlers } from './features/auth/handlers';
import { createPending, type Pending } from './features/auth/pending-sign-ins';
import type { Leases, PendingSignIns, RecordEvent, Sessions, TokenRecords } from './features/auth/ports';
import { authRoutes, frontChannelPath } from './features/auth/routes';
import type { TenantDirectory } from './features/hunting/ports';
import { createRoleAccess, type RoleAccess, type RoleAcquire } from './features/auth/role-access';
import { createRoleKeeper } from './features/auth/role-keeper';
import type { RoleStore } from './features/auth/role-store';
import { createSessionCache } from './features/auth/session-cache';
import { createSignInCookie } from './features/auth/sign-in-cookie';
import { createSignInService, type SignInService } from './features/auth/sign-in-service';
import { createSignOutService } from './features/auth/sign-out-service';
import { tellingOutages } from './features/auth/store-outage';
import { createWithdrawals, type Withdrawals } from './features/auth/withdrawals';
import type { WithdrawalStore } from './features/auth/withdrawal-store';
import type { ConnectPorts } from './features/tenants/connect/connect-service';
import { rememberList } from './features/tenants/remembered-list';
import { createReach } from './features/tenants/reach';
import type { RecordConsent } from './features/tenants/ports';
import type { DisconnectionStore } from './features/tenants/disconnect/disconnection-store';
import { createTenantService, type TenantService } from './features/tenants/service';
import type { TenantStore } from './features/tenants/store';
import type { SignedInUser, TenantId } from './http/current-user';
import { rateLimit } from './http/middleware/rate-limit';
import { onPaths } from './http/on-path';
import { readAuthority } from './identity/authority';
import type { ClientCredential } from './identity/client-credential';
import { createEntraClient } from './identity/entra-client';
import { createIdentityHttp } from './identity/http-client';
import type { IdentityClient } from './identity/identity-client';
import { huntingScopes } from './identity/resources.data';
import type { Upstreams } from './upstreams';

export interface SignInParts {
  readonly config: Pick<Config, 'baseUrl' | 'secureCookies' | 'signIn' | 'huntingProvider' | 'rolesWhenUnassigned'> &
    Partial<Pick<Config, 'proxy'>>;
  readonly upstreams: Pick<Upstreams, 'authorityHost' | 'clientId' | 'clientSecret' | 'certificatePath'>;
  readonly stores: {
    readonly pending: PendingSignIns;
    readonly tokens: TokenRecords;
    readonly leases: Leases;
    readonly sessions: Sessions;
    readonly tenants: TenantStore;
    readonly roles: RoleStore;
    readonly withdrawals: WithdrawalStore;
    readonly disconnections: DisconnectionStore;
    readonly endSession: (sessionId: string) => Promise<unknown>;
  };
  /** The tenants that this installation serves; null: every tenant whose administrator consented. */
  readonly allowedTenants: readonly string[] | null;
  readonly record: RecordEvent & RecordConsent;
  readonly reportFailure: (event: string, error: unknown) => void;
  readonly clock?: () => number;
}

export interface SignIn {
  readonly routes: RequestHandler;
  /** Before any session code. */
  readonly sessionless: readonly RequestHandler[];
  readonly accessTokens: AccessTokens;
  readonly connecting: Connecting;
  readonly roles: RoleAccess;
  readonly withdrawals: Withdrawals;
  /** The organizations a person may choose from. */
  readonly directory: TenantDirectory;
  readonly close: () => Promise<void>;
}

const credentialOf = ({ clientSecret, certificatePath }: SignInParts['upstreams']): ClientCredential =>
  certificatePath ? { certificatePem: readFileSync(certificatePath, 'utf8') } : { secret: clientSecret ?? '' };

const connectPorts = (pending: Pending, signIn: SignInService): ConnectPorts => ({
  begin: ({ req, res }, asked) => pending.begin(req, res, { ...asked, purpose: 'consent', attempt: 0 }),
  finish: (req, state) => pending.finish(req, state, ['consent']),
  signInInto: signIn.beginConnecting,
});

/** What connecting an organization takes of signing in (`compose-tenants.ts`). */
export interface Connecting {
  readonly identity: Pick<IdentityClient, 'adminConsentUrl'>;
  readonly ports: ConnectPorts;
  readonly tenants: TenantService;
  readonly explore: (user: SignedInUser) => Promise<void>;
  /** Since when an organization's consent is known to be withdrawn. */
  readonly withdrawal: (tenantId: TenantId) => Promise<{ readonly since: number; readonly code: string } | undefined>;
}

/** An office behind one address may sign in at nine o'clock; a flood is more than that. */
const signInLimit = { requests: 240, perMs: 60_000 };

/** What writes rows or calls the identity service for people whom nobody knows yet. */
const limited = (redirectUris: readonly string[]): RequestHandler => {
  const limit = rateLimit(signInLimit);
  const paths = ['/auth/signin', frontChannelPath, ...redirectUris.map((uri) => new URL(uri).pathname)];
  return onPaths(Object.fromEntries(paths.map((path) => [path, limit])));
};

/** What hunting knows of organizations and of people's roles in them. */
const directoryOf = (list: TenantDirectory['listFor'], access: RoleAccess): TenantDirectory => ({
  listFor: list,
  offeredTo: async (user) => access.notDenied(user, 'hunter', await list(user)),
  assertMayHunt: (user, chosen) => access.assertRole(user, 'hunter', chosen),
  assertMayRead: access.assertMayRead,
});

/** Signing in and out, and access tokens. Throws IdentityError `configuration` for settings that cannot work. */
export const composeSignIn = (parts: SignInParts): SignIn => {
  const { config, upstreams, stores, record, reportFailure, clock = Date.now } = parts;
  const [pendingStore, tokens, leases] = [tellingOutages(stores.pending), tellingOutages(stores.tokens), tellingOutages(stores.leases)];
  const { clientId, authorityHost } = upstreams;
  const { tenant, redirectUri, consentRedirectUri } = config.signIn;
  const authority = readAuthority(authorityHost);
  const http = createIdentityHttp({ proxy: config.proxy ?? null });
  const identity = createEntraClient({ authority, clientId, credential: credentialOf(upstreams), tenant, http, clock });
  const pending = createPending({ store: pendingStore, cookie: createSignInCookie({ secure: config.secureCookies }), clock });
  const resource = config.huntingProvider;
  const tenants = createTenantService({
    store: stores.tenants,
    disconnections: stores.disconnections,
    allowed: parts.allowedTenants,
    resource,
    record,
    clock,
  });
  const cache = createSessionCache({ tokens, leases });
  const roles = createRoleKeeper({ store: stores.roles, record, unassigned: config.rolesWhenUnassigned });
  const stands = { store: stores.withdrawals, isDisconnected: stores.disconnections.stands };
  const withdrawals = createWithdrawals({ ...stands, cache, record, reportFailure, clock });
  const shared = { identity, sessions: stores.sessions, tokens, cache, roles, withdrawals, record, tenant };
  const accessTokens = createAccessTokens({ ...shared, health: tenants, serves: tenants.serves, endSession: stores.endSession });
  const acquire: RoleAcquire = (request) => accessTokens.acquire({ ...request, resource });
  const access = createRoleAccess({ keeper: roles, acquire, reportFailure, clock });
  const { explore } = createReach({ store: stores.tenants, acquire: (user, tenantId) => acquire({ user, tenantId }), clock });
  const signIn = createSignInService({ ...shared, pending, tenants, redirectUri, scopes: [huntingScopes[resource]], clock });
  const signOut = createSignOutService({ ...shared, postLogoutRedirectUri: `${config.baseUrl}/` });
  const auth = createAuthHandlers({ signIn, signOut, authorityOrigin: authority.origin, reportFailure });
  const list = rememberList({
    list: (user: SignedInUser) => explore(user).then(() => tenants.listFor(user)),
    connections: () => stores.tenants.connections(),
    clock,
  });
  return Object.freeze({
    routes: authRoutes(auth, redirectUri),
    connecting: { identity, ports: connectPorts(pending, signIn), tenants, explore, withdrawal: stores.withdrawals.find },
    sessionless: [limited([redirectUri, consentRedirectUri]), onPaths({ [frontChannelPath]: auth.frontChannel })],
    accessTokens,
    roles: access,
    withdrawals,
    directory: directoryOf(list, access),
    close: () => http.close(),
  });
};
