import type { AuthenticationResult, INetworkModule } from '@azure/msal-node';
import type { Provider } from './discovery';
import { validate, type EntraParts } from './entra-parts';
import type { IdTokenIdentity } from './id-token';
import type { AccessToken, Renewed, SilentRequest } from './identity-client';
import { rejected } from './identity-error';
import { createMsalClient, knownAuthority, knownTokenEndpoint, withOurErrors } from './msal-client';
import { createMsalNetwork, noNetwork } from './msal-network';

const accessTokenOf = (result: AuthenticationResult, now: number): AccessToken => ({
  token: result.accessToken,
  expiresAt: result.expiresOn ?? new Date(now),
  renewSoon: result.refreshOn !== undefined && result.refreshOn.getTime() <= now,
  scopes: result.scopes,
});

/** The account as it is in the very tenant that is asked for: looked up by home id, MSAL would hand out the home tenant's token. */
const silentCall = (parts: EntraParts, request: SilentRequest) => ({
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

const clientFor = (parts: EntraParts, request: SilentRequest, call: { provider?: Provider; network: INetworkModule }) =>
  createMsalClient(parts.settings, { ...call, tenant: request.tenantId, cache: request.cache.msal });

const assertTenant = (result: AuthenticationResult, tenantId: string): void => {
  if (result.tenantId !== '' && result.tenantId !== tenantId) throw rejected('token-of-other-tenant');
};

/** From the session's own cache, without any network. */
export const cachedToken = async (parts: EntraParts, request: SilentRequest): Promise<AccessToken | undefined> => {
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
  parts: EntraParts,
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

/** From the tenant's own authority; the ID token that comes along is validated like a sign-in's. */
export const renewToken = async (parts: EntraParts, request: SilentRequest): Promise<Renewed> => {
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
