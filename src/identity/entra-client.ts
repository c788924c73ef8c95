import { isTenantId } from './authority';
import { createParts, type EntraClientOptions, type EntraParts } from './entra-parts';
import { authorizationUrl, redeemCode } from './entra-sign-in';
import { cachedToken, renewToken } from './entra-tokens';
import type { AdminConsentRequest, IdentityClient, LogoutRequest } from './identity-client';

const logoutUrl = async (parts: EntraParts, request: LogoutRequest): Promise<string | undefined> => {
  const { endSessionEndpoint } = await parts.providerOf(request.tenant);
  if (endSessionEndpoint === undefined) return undefined;
  const url = new URL(endSessionEndpoint);
  url.searchParams.set('client_id', parts.settings.clientId);
  url.searchParams.set('post_logout_redirect_uri', request.postLogoutRedirectUri);
  if (request.logoutHint !== undefined) url.searchParams.set('logout_hint', request.logoutHint);
  if (request.idTokenHint !== undefined) url.searchParams.set('id_token_hint', request.idTokenHint);
  return url.href;
};

const adminConsentUrl = (parts: EntraParts, request: AdminConsentRequest): string => {
  const url = new URL(`${parts.authority.base}/${encodeURIComponent(request.tenant)}/v2.0/adminconsent`);
  url.searchParams.set('client_id', parts.settings.clientId);
  url.searchParams.set('scope', request.scope);
  url.searchParams.set('redirect_uri', request.redirectUri);
  url.searchParams.set('state', request.state);
  return url.href;
};

const isIssuerOf = async (parts: EntraParts, tenant: string, issuer: string): Promise<boolean> => {
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
