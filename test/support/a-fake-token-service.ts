import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { exportJWK, SignJWT, type JWK } from 'jose';
import { readAuthority } from '../../src/identity/authority';
import { createEntraClient } from '../../src/identity/entra-client';
import type { EntraClientOptions } from '../../src/identity/entra-parts';
import type { HttpRequest, IdentityHttp, JsonAnswer } from '../../src/identity/http-client';

/** Entra as MSAL and we meet it, without a network: the client's own `exchange` is answered here. */
export const tenantA = '11111111-aaaa-4aaa-8aaa-111111111111';
export const tenantB = '22222222-bbbb-4bbb-8bbb-222222222222';
export const clientId = '33333333-cccc-4ccc-8ccc-333333333333';
export const scopes = ['https://graph.microsoft.com/ThreatHunting.Read.All'];

export interface Human {
  readonly home: string;
  /** Object ids by tenant: a guest has another one there. */
  readonly objects: Readonly<Record<string, string>>;
}

export const aHuman = (home = tenantA): Human => ({ home, objects: { [home]: randomUUID() } });

type Claims = Record<string, unknown>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const aFakeTokenService = async () => {
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
  const calls: { url: string; form: URLSearchParams; headers: Readonly<Record<string, string>> }[] = [];
  const gets: string[] = [];
  const bend = {
    claims: (claims: Claims): Claims => claims,
    sign: (claims: Claims): Promise<string> | string =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey),
    body: (body: Claims): Claims => body,
    answer: undefined as undefined | ((form: URLSearchParams) => JsonAnswer | Promise<JsonAnswer> | undefined),
  };
  const codes = new Map<string, { human: Human; tenant: string; nonce: string | undefined }>();

  const tokens = async (grant: { human: Human; tenant: string; nonce: string | undefined }, form: URLSearchParams): Promise<Claims> => {
    const { human, tenant, nonce } = grant;
    const now = Math.floor(Date.now() / 1000);
    const oid = human.objects[tenant] ?? 'nobody';
    const claims = bend.claims({
      iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
      aud: clientId,
      sub: `sub-${oid}`,
      tid: tenant,
      oid,
      ver: '2.0',
      name: 'Ana',
      preferred_username: 'ana@contoso.example',
      iat: now,
      nbf: now,
      exp: now + 3600,
      ...(nonce === undefined ? {} : { nonce }),
    });
    return bend.body({
      token_type: 'Bearer',
      scope: form.get('scope') ?? '',
      expires_in: 3600,
      access_token: `at.${tenant}.${oid}.${randomUUID()}`,
      refresh_token: `rt.${encode({ human, n: randomUUID() })}`,
      id_token: await bend.sign(claims),
      client_info: encode({ uid: human.objects[human.home], utid: human.home }),
    });
  };

  const post = async ({ url, body, headers = {} }: HttpRequest): Promise<JsonAnswer> => {
    const form = new URLSearchParams(body);
    calls.push({ url, form, headers });
    const bent = await bend.answer?.(form);
    if (bent) return bent;
    const asked = new URL(url).pathname.split('/')[1] ?? '';
    if (form.get('grant_type') === 'refresh_token') {
      const { human } = JSON.parse(Buffer.from((form.get('refresh_token') ?? '').slice(3), 'base64url').toString()) as { human: Human };
      const tenant = asked === 'organizations' ? human.home : asked;
      return { status: 200, headers: {}, body: await tokens({ human, tenant, nonce: undefined }, form) };
    }
    const grant = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    if (!grant) return { status: 400, headers: {}, body: { error: 'invalid_grant', error_codes: [54005] } };
    return { status: 200, headers: {}, body: await tokens(grant, form) };
  };

  const http: IdentityHttp = {
    exchange: async (call) => {
      if (!call.origins.has(new URL(call.url).origin)) throw new Error(`not allowed: ${call.url}`);
      if (call.method === 'POST') return post(call);
      gets.push(call.url);
      if (call.url.endsWith('/keys'))
        return { status: 200, headers: {}, body: { keys: [{ ...jwk, issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }] } };
      throw new Error(`unexpected call: ${call.url}`);
    },
    close: () => Promise.resolve(),
  };

  const client = (options: Partial<EntraClientOptions> = {}) =>
    createEntraClient({
      authority: readAuthority('https://login.microsoftonline.com'),
      clientId,
      credential: { secret: 'the client secret of the tests' },
      tenant: 'organizations',
      http,
      ...options,
    });

  return {
    privateKey: privateKey as KeyObject,
    publicKey,
    calls,
    gets,
    bend,
    http,
    client,
    /** A code for `human` in `tenant`, as the authorization endpoint would give. */
    code: (human: Human, nonce: string | undefined, tenant = human.home): string => {
      const code = `code-${randomUUID()}`;
      codes.set(code, { human, tenant, nonce });
      return code;
    },
    redemption: (code: string, nonce: string) => ({
      tenant: 'organizations',
      scopes,
      redirectUri: 'https://quarry.example/auth/redirect',
      code,
      codeVerifier: 'v'.repeat(43),
      nonce,
    }),
  };
};
