import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Provider } from './discovery';
import type { IdentityHttp, JsonAnswer } from './http-client';
import { IdentityError, rejected, transient } from './identity-error';

type Body = Readonly<Record<string, unknown>>;

/** MSAL's way out, for one call: it can reach the token endpoint and nothing else. */
export interface MsalNetwork extends INetworkModule {
  /** What the token endpoint refused, word for word: for the flow decision, never for a log or a page. */
  readonly refusal: () => Body | undefined;
  /** Our own failure, which MSAL would bury in an error of its own. */
  readonly failure: () => IdentityError | undefined;
  readonly idToken: () => string | undefined;
}

export interface MsalNetworkOptions {
  readonly http: IdentityHttp;
  readonly provider: Provider;
  /** Where MSAL believes the token endpoint is: it insists on an https authority of Microsoft's shape. */
  readonly knownAs: string;
  /** `uid.utid` of the account whose token is renewed; a provider without `client_info` gets it filled in. */
  readonly homeAccountId?: string | undefined;
  /** A sign-in is nothing without an ID token; MSAL would give an account of null and no error. */
  readonly idTokenNeeded?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const claimsOf = (jwt: string | undefined): Body => {
  try {
    return JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString('utf8')) as Body;
  } catch {
    return {};
  }
};

/** MSAL files tokens under `client_info`, which is Entra's own; without it a renewed token would be filed under nothing. */
const withClientInfo = (body: Body, homeAccountId: string | undefined): Body => {
  if (text(body['client_info'])) return body;
  const { oid, sub, tid } = claimsOf(text(body['id_token']));
  const [uid, utid] = homeAccountId?.split('.') ?? [text(oid) ?? text(sub), text(tid)];
  if (!uid || !utid) return body;
  return { ...body, client_info: Buffer.from(JSON.stringify({ uid, utid })).toString('base64url') };
};

/** Checks one answer of the token endpoint before MSAL sees it: it throws bare TypeErrors over what is no object of its kind. */
const checkAnswer = (status: number, body: Body): void => {
  if (status === 429 || status >= 500) throw transient(`identity-status-${status}`);
  if (status === 200 && (!text(body['access_token']) || body['error'] !== undefined)) throw transient('identity-answer-without-token');
  if (status !== 200 && !text(body['error'])) throw transient(`identity-status-${status}`);
};

const signInScopes = new Set(['openid', 'profile', 'offline_access']);

/**
 * The same renewal for the API's scopes alone. MSAL always adds those of signing in; a strict provider that never granted
 * one of them (`offline_access`, often) refuses the whole call (RFC 6749, 6).
 */
const withoutSignInScopes = (body: string): string | undefined => {
  const form = new URLSearchParams(body);
  const asked = (form.get('scope') ?? '').split(' ');
  const narrowed = asked.filter((scope) => !signInScopes.has(scope));
  if (form.get('grant_type') !== 'refresh_token' || narrowed.length === 0 || narrowed.length === asked.length) return undefined;
  form.set('scope', narrowed.join(' '));
  return form.toString();
};

export const createMsalNetwork = (options: MsalNetworkOptions): MsalNetwork => {
  const { http, provider, knownAs, homeAccountId } = options;
  const seen: { refusal?: Body; failure?: IdentityError; idToken?: string | undefined } = {};

  const post = async (url: string, sent: NetworkRequestOptions = {}): Promise<NetworkResponse<Body>> => {
    const asked = new URL(url);
    if (asked.origin + asked.pathname !== knownAs) throw new IdentityError({ failure: 'configuration', code: 'identity-host-not-allowed' });
    const send = (form: string): Promise<JsonAnswer> =>
      http.exchange({
        method: 'POST',
        url: provider.tokenEndpoint,
        origins: provider.origins,
        headers: { ...sent.headers, 'client-request-id': asked.searchParams.get('client-request-id') ?? '' },
        body: form,
      });
    const first = await send(sent.body ?? '');
    const narrowed = first.body['error'] === 'invalid_scope' ? withoutSignInScopes(sent.body ?? '') : undefined;
    const { status, headers, body } = narrowed === undefined ? first : await send(narrowed);
    checkAnswer(status, body);
    if (status === 200 && options.idTokenNeeded && !text(body['id_token'])) throw rejected('id-token-missing');
    if (status !== 200) seen.refusal = body;
    else seen.idToken = text(body['id_token']);
    return { status, headers: { ...headers }, body: withClientInfo(body, homeAccountId) };
  };

  const remembering = async <T>(work: Promise<NetworkResponse<Body>>): Promise<NetworkResponse<T>> => {
    try {
      return (await work) as NetworkResponse<T>;
    } catch (error) {
      if (error instanceof IdentityError) seen.failure = error;
      throw error;
    }
  };

  return {
    sendGetRequestAsync: <T>() =>
      remembering<T>(Promise.reject(new IdentityError({ failure: 'configuration', code: 'identity-host-not-allowed' }))),
    sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) => remembering<T>(post(url, options)),
    refusal: () => seen.refusal,
    failure: () => seen.failure,
    idToken: () => seen.idToken,
  };
};

/** A network that goes nowhere: with it, MSAL answers from the cache or not at all, however its renewal marks stand. */
export const noNetwork: INetworkModule = {
  sendGetRequestAsync: () => Promise.reject(transient('not-in-cache')),
  sendPostRequestAsync: () => Promise.reject(transient('not-in-cache')),
};
