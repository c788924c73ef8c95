import type { AuthorizationUrlRequest } from '@azure/msal-node';
import { isTenantId } from './authority';
import { validate, type EntraParts } from './entra-parts';
import type { AuthorizationRequest, CodeRequest, Redeemed } from './identity-client';
import { rejected } from './identity-error';
import { createMsalClient, knownTokenEndpoint, withOurErrors } from './msal-client';
import { createMsalNetwork, noNetwork } from './msal-network';

/** Where a sign-in starts. */
export const authorizationUrl = async (parts: EntraParts, request: AuthorizationRequest): Promise<string> => {
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

/** Where it ends: the code for tokens, of which the ID token is validated. */
export const redeemCode = async (parts: EntraParts, request: CodeRequest): Promise<Redeemed> => {
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
