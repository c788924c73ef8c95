import { decodeJwt } from 'jose';
import type { Authority } from '../../identity/authority';
import { createMsalCredential, type ClientCredential } from '../../identity/client-credential';
import type { IdentityHttp } from '../../identity/http-client';
import { IdentityError } from '../../identity/identity-error';
import { fromTokenRefusal } from '../../identity/token-errors';
import { resourceApps } from '../../identity/permissions.data';
import type { Resource } from '../../identity/resources.data';

/** What a token request for the app itself came to. */
export type TokenCall = { readonly ok: true; readonly roles: readonly string[] } | { readonly ok: false; readonly error: IdentityError };

export interface AppClient {
  readonly authority: Authority;
  readonly http: IdentityHttp;
  readonly clientId: string;
  readonly credential: ClientCredential;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What the app adds to a request to prove itself. */
export const proofOf = async ({ credential, clientId }: AppClient, tokenEndpoint: string): Promise<Record<string, string>> => {
  const made = createMsalCredential(credential, clientId)(tokenEndpoint);
  if ('clientSecret' in made) return { client_secret: made.clientSecret };
  return { client_assertion_type: assertionType, client_assertion: await made.clientAssertion() };
};

const rolesOf = (token: unknown): readonly string[] => {
  try {
    const { roles } = decodeJwt(String(token));
    return Array.isArray(roles) ? roles.map(String) : [];
  } catch {
    return [];
  }
};

/** Asks for the app's own token for one API in one tenant (client credentials): shows whether client, credential, consent and API are right. */
export const callForToken = async (client: AppClient, tenant: string, resource: Resource): Promise<TokenCall> => {
  const { authority, http, clientId } = client;
  const url = `${authority.base}/${tenant}/oauth2/v2.0/token`;
  try {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      scope: `${resourceApps[resource].uri}/.default`,
      ...(await proofOf(client, url)),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body } = await http.exchange({
      method: 'POST',
      url,
      origins: new Set([authority.origin]),
      headers,
      body: form.toString(),
    });
    if (status === 200) return { ok: true, roles: rolesOf(body['access_token']) };
    return { ok: false, error: fromTokenRefusal(body) };
  } catch (error) {
    if (error instanceof IdentityError) return { ok: false, error };
    throw error;
  }
};
