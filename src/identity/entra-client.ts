import type { AuthenticationResult, AuthorizationUrlRequest, INetworkModule } from '@azure/msal-node';
import { isTenantId, type Authority } from './authority';
import { createMsalCredential, type ClientCredential } from './client-credential';
import { createDiscovery, type Provider } from './discovery';
import type { IdentityHttp } from './http-client';
import { validateIdToken, type IdTokenIdentity } from './id-token';
import type {
  AccessToken,
  AdminConsentRequest,
  AuthorizationRequest,
  CodeRequest,
  IdentityClient,
  LogoutRequest,
  Redeemed,
  Renewed,
  SilentRequest,
} from './identity-client';
import { IdentityError, rejected } from './identity-error';
import { createMsalClient, knownAuthority, knownTokenEndpoint, withOurErrors, type MsalSettings } from './msal-client';
import { createMsalNetwork, noNetwork } from './msal-network';
import { createSigningKeys, type SigningKeys } from './signing-keys';

export interface EntraClientOptions {
  readonly authority: Authority;
  readonly clientId: string;
  readonly credential: ClientCredential;
  /** `organizations`, or the id of the one tenant that this installation serves. */
  readonly tenant: string;
  readonly http: IdentityHttp;
  readonly clock?: () => number;
}

interface Parts {
  readonly settings: MsalSettings;
  readonly authority: Authority;
  readonly http: IdentityHttp;
  readonly keys: SigningKeys;
  readonly onlyTenant: string | undefined;
  readonly providerOf: (tenant: string) => Promise<Provider>;
  readonly clock: () => number;
}

/** A provider with one issuer for everybody may know no authorities by tenant: then its own one serves. */
const knowsNoSuchTenant = (error: unknown): boolean =>
  error instanceof IdentityError && /^(discovery|identity)-status-4\d\d$/.test(error.code);

const createProviderOf = (options: EntraClientOptions, clock: () => number): ((tenant: string) => Promise<Provider>) => {
  const discovery = createDiscovery({ authority: options.authority, http: options.http, clock });
  return async (tenant) => {
    try {
      return await discovery.provider(tenant);
    } catch (error) {
      if (!knowsNoSuchTenant(error) || tenant === options.tenant) throw error;
      const base = await discovery.provider(options.tenant);
      if (base.issuer.includes('{tenantid}')) throw error;
      return base;
    }
  };
};

const createParts = (options: EntraClientOptions): Parts => {
  const { authority, clientId, credential, http, tenant, clock = Date.now } = options;
  return {
    settings: { authority, clientId, credential: createMsalCredential(credential, clientId) },
    authority,
    http,
    keys: createSigningKeys({ http, clock }),
    onlyTenant: isTenantId(tenant) ? tenant : undefined,
    providerOf: createProviderOf(options, clock),
    clock,
  };
};

const validate = (
  parts: Parts,
  token: string,
  expected: { provider: Provider; nonce?: string; tenantId?: string },
): Promise<IdTokenIdentity> =>
  validateIdToken(
    token,
    {
      clientId: parts.settings.clientId,
      provider: expected.provider,
      nonce: expected.nonce,
      tenantId: expected.tenantId ?? parts.onlyTenant,
      versionRequired: parts.authority.issuerHost !== undefined,
      now: Math.floor(parts.clock() / 1000),
    },
    parts.keys,
  );

const authorizationUrl = async (parts: Parts, request: AuthorizationRequest): Promise<string> => {
  const { tenant, prompt, loginHint, claims, scopes, ...rest } = request;
  const provider = await parts.providerOf(tenant);
  const client = createMsalClient(parts.settings, { tenant, network: noNetwork });
  const asked: AuthorizationUrlRequest = {
    ...rest,
    scopes: [...scopes],
    responseMode: 'query',
    codeChallengeMethod: 'S256',
    ...(prompt ? { prompt } : {}),
    ...(loginHint ? { loginHint } : {}),
    ...(claims ? { claims } : {}),
  };
  const known = new URL(await client.getAuthCodeUrl(asked));
  const real = new URL(provider.authorizationEndpoint);
  known.searchParams.forEach((value, name) => real.searchParams.set(name, value));
  return real.href;
};

const redeemCode = async (parts: Parts, request: CodeRequest): Promise<Redeemed> => {
  const { tenant, scopes, redirectUri, code, codeVerifier, nonce, cache: before } = request;
  const provider = await parts.providerOf(tenant);
  const knownAs = knownTokenEndpoint(parts.authority, tenant);
  const network = createMsalNetwork({ http: parts.http, provider, knownAs, idTokenNeeded: true });
  const client = createMsalClient(parts.settings, { provider, tenant, network, cache: before?.msal });
  const result = await withOurErrors(network, () =>
    client.acquireTokenByCode({ scopes: [...scopes], redirectUri, code, codeVerifier, nonce }),
  );
  const idToken = network.idToken();
  if (!idToken || !result.account) throw rejected('id-token-missing');
  const identity = await validate(parts, idToken, { provider, nonce, ...(isTenantId(tenant) ? { tenantId: tenant } : {}) });
  if (result.tenantId !== identity.tenantId) throw rejected('token-of-other-tenant');
  if (before && before.homeAccountId !== result.account.homeAccountId) throw rejected('other-person-signed-in');
  const cache = { homeAccountId: result.account.homeAccountId, msal: client.getTokenCache().serialize() };
  return { identity, cache, grantedScopes: result.scopes };
};

const accessTokenOf = (result: AuthenticationResult, now: number): AccessToken => ({
  token: result.accessToken,
  expiresAt: result.expiresOn ?? new Date(now),
  renewSoon: result.refreshOn !== undefined && result.refreshOn.getTime() <= now,
  scopes: result.scopes,
});

/** The account as it is in the very tenant that is asked for: looked up by home id, MSAL would hand out the home tenant's token. */
const silentCall = (parts: Parts, request: SilentRequest) => ({
  account: {
    homeAccountId: request.cache.homeAccountId,
    environment: parts.authority.host,
    tenantId: request.tenantId,
    username: '',
    localAccountId: '',
  },
  authority: knownAuthority(parts.authority, request.tenantId),
  scopes: [...request.scopes],
});

const clientFor = (parts: Parts, request: SilentRequest, call: { provider?: Provider; network: INetworkModule }) =>
  createMsalClient(parts.settings, { ...call, tenant: request.tenantId, cache: request.cache.msal });

const assertTenant = (result: AuthenticationResult, tenantId: string): void => {
  if (result.tenantId !== '' && result.tenantId !== tenantId) throw rejected('token-of-other-tenant');
};

const cachedToken = async (parts: Parts, request: SilentRequest): Promise<AccessToken | undefined> => {
  const client = clientFor(parts, request, { network: noNetwork });
  let result: AuthenticationResult;
  try {
    result = await client.acquireTokenSilent(silentCall(parts, request));
  } catch {
    return undefined;
  }
  assertTenant(result, request.tenantId);
  return accessTokenOf(result, parts.clock());
};

const assertRenewed = async (
  parts: Parts,
  request: SilentRequest,
  answer: { provider: Provider; idToken: string | undefined },
): Promise<IdTokenIdentity | undefined> => {
  const { provider, idToken } = answer;
  if (idToken === undefined) {
    if (parts.authority.issuerHost !== undefined) throw rejected('id-token-missing');
    return undefined;
  }
  const identity = await validate(parts, idToken, { provider, tenantId: request.tenantId });
  if (request.objectId !== undefined && identity.objectId !== request.objectId) throw rejected('token-of-other-person');
  return identity;
};

const renewToken = async (parts: Parts, request: SilentRequest): Promise<Renewed> => {
  const provider = await parts.providerOf(request.tenantId);
  const { homeAccountId } = request.cache;
  const knownAs = knownTokenEndpoint(parts.authority, request.tenantId);
  const network = createMsalNetwork({ http: parts.http, provider, knownAs, homeAccountId });
  const client = clientFor(parts, request, { provider, network });
  const claims = request.claims === undefined ? {} : { claims: request.claims };
  const result = await withOurErrors(network, () =>
    client.acquireTokenSilent({ ...silentCall(parts, request), ...claims, forceRefresh: true }),
  );
  const identity = await assertRenewed(parts, request, { provider, idToken: network.idToken() });
  assertTenant(result, request.tenantId);
  return {
    identity,
    accessToken: accessTokenOf(result, parts.clock()),
    cache: { homeAccountId, msal: client.getTokenCache().serialize() },
  };
};

const logoutUrl = async (parts: Parts, request: LogoutRequest): Promise<string | undefined> => {
  const { endSessionEndpoint } = await parts.providerOf(request.tenant);
  if (endSessionEndpoint === undefined) return undefined;
  const url = new URL(endSessionEndpoint);
  url.searchParams.set('client_id', parts.settings.clientId);
  url.searchParams.set('post_logout_redirect_uri', request.postLogoutRedirectUri);
  if (request.logoutHint !== undefined) url.searchParams.set('logout_hint', request.logoutHint);
  if (request.idTokenHint !== undefined) url.searchParams.set('id_token_hint', request.idTokenHint);
  return url.href;
};

const adminConsentUrl = (parts: Parts, request: AdminConsentRequest): string => {
  const url = new URL(`${parts.authority.base}/${encodeURIComponent(request.tenant)}/v2.0/adminconsent`);
  url.searchParams.set('client_id', parts.settings.clientId);
  url.searchParams.set('scope', request.scope);
  url.searchParams.set('redirect_uri', request.redirectUri);
  url.searchParams.set('state', request.state);
  return url.href;
};

const isIssuerOf = async (parts: Parts, tenant: string, issuer: string): Promise<boolean> => {
  const template = (await parts.providerOf(tenant)).issuer;
  const [before = '', after] = template.split('{tenantid}');
  if (after === undefined) return issuer === template;
  return issuer.startsWith(before) && issuer.endsWith(after) && isTenantId(issuer.slice(before.length, issuer.length - after.length));
};

/** The identity client over MSAL, jose and our own HTTP. Throws IdentityError `configuration` when the credential is unusable. */
export const createEntraClient = (options: EntraClientOptions): IdentityClient => {
  const parts = createParts(options);
  return Object.freeze({
    authorizationUrl: (request) => authorizationUrl(parts, request),
    redeemCode: (request) => redeemCode(parts, request),
    cachedToken: (request) => cachedToken(parts, request),
    renewToken: (request) => renewToken(parts, request),
    logoutUrl: (request) => logoutUrl(parts, request),
    adminConsentUrl: (request) => adminConsentUrl(parts, request),
    isIssuerOf: (tenant, issuer) => isIssuerOf(parts, tenant, issuer),
  } satisfies IdentityClient);
};
