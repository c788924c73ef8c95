import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MockAgent } from 'undici';
import { adviceFor } from '../../src/identity/aadsts';
import { createIdentityHttp } from '../../src/identity/http-client';
import { IdentityError, type IdentityFailure } from '../../src/identity/identity-error';
import { readRedirectAnswer } from '../../src/features/auth/redirect-answer';
import { aFakeTokenService, aHuman, clientId, scopes, tenantA, tenantB } from '../support/a-fake-token-service';
import { arrive } from '../support/a-sign-in';
import { aSigningInApp } from '../support/a-signing-in-app';
import { anIdentityProvider, contosoPerson } from '../support/an-identity-provider';

/** What MSAL Node 7.2.1 does not do for its caller, one lesson a test: real MSAL, its network client answered by the test. */
type Service = Awaited<ReturnType<typeof aFakeTokenService>>;
let entra: Service;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

beforeEach(async () => (entra = await aFakeTokenService()));

const signIn = (human = aHuman(), nonce = 'n-1') => entra.client().redeemCode(entra.redemption(entra.code(human, nonce), nonce));

describe('M1: MSAL validates no ID token', () => {
  it.each([
    ['alg none', 'id-token-algorithm', () => (entra.bend.sign = (claims) => `${encode({ alg: 'none', kid: 'k1' })}.${encode(claims)}.`)],
    ['a foreign audience', 'id-token-audience', () => (entra.bend.claims = (claims) => ({ ...claims, aud: 'another' }))],
    ['a foreign issuer', 'id-token-issuer', () => (entra.bend.claims = (claims) => ({ ...claims, iss: 'https://evil.example' }))],
    ['an expiry in 1970', 'id-token-expired', () => (entra.bend.claims = (claims) => ({ ...claims, exp: 1 }))],
    ['no version', 'id-token-version', () => (entra.bend.claims = ({ ver: _ver, ...claims }) => claims)],
  ])('so we refuse %s', async (_name, code, bend) => {
    bend();
    await expect(signIn()).rejects.toMatchObject({ failure: 'rejected', code });
  });

  it('tolerates two minutes between the clocks, and no more', async () => {
    const now = Math.floor(Date.now() / 1000);
    entra.bend.claims = (claims) => ({ ...claims, exp: now - 100, iat: now + 100, nbf: now + 100 });
    await expect(signIn()).resolves.toMatchObject({ identity: { tenantId: tenantA } });
    entra.bend.claims = (claims) => ({ ...claims, exp: now - 130 });
    await expect(signIn()).rejects.toMatchObject({ code: 'id-token-expired' });
    entra.bend.claims = (claims) => ({ ...claims, nbf: now + 140 });
    await expect(signIn()).rejects.toMatchObject({ code: 'id-token-not-yet-valid' });
  });
});

test('M2: an empty or absent state is never passed on: the redirect is void before MSAL is asked', () => {
  expect(() => readRedirectAnswer({ code: 'x', state: '' })).toThrow(expect.objectContaining({ code: 'sign-in-malformed' }));
  expect(() => readRedirectAnswer({ code: 'x', state: ['a', 'b'] })).toThrow(expect.objectContaining({ code: 'sign-in-malformed' }));
  expect(readRedirectAnswer({ code: 'x' }).state).toBeUndefined();
});

describe('M3: a nonce always travels and always comes back', () => {
  it('is in the authorization request', async () => {
    const url = await entra.client().authorizationUrl({
      tenant: 'organizations',
      scopes,
      redirectUri: 'https://quarry.example/auth/redirect',
      state: 's',
      nonce: 'n-7',
      codeChallenge: 'c',
    });
    expect(new URL(url).searchParams.get('nonce')).toBe('n-7');
  });

  it.each([
    ['another', 'n-2'],
    ['none', undefined],
  ])('%s is refused', async (_name, nonce) => {
    const call = entra.client().redeemCode(entra.redemption(entra.code(aHuman(), nonce), 'n-1'));
    await expect(call).rejects.toMatchObject({ failure: 'rejected', code: 'id-token-nonce' });
  });
});

test('M4: an issuer in the authorization response must be this authority’s (RFC 9207)', async () => {
  const client = entra.client();
  expect(await client.isIssuerOf('organizations', `https://login.microsoftonline.com/${tenantB}/v2.0`)).toBe(true);
  expect(await client.isIssuerOf(tenantA, `https://login.microsoftonline.com/${tenantB}/v2.0`)).toBe(false);
  for (const issuer of [
    'https://login.microsoftonline.com/x/v2.0',
    `https://evil.example/${tenantB}/v2.0`,
    `https://login.microsoftonline.com/${tenantB}/../v2.0`,
    '',
  ]) {
    expect(await client.isIssuerOf('organizations', issuer)).toBe(false);
  }
});

test('M5, M6: no client or cache is shared: each person’s cache holds that person alone', async () => {
  const humans = Array.from({ length: 20 }, () => aHuman());
  const sessions = await Promise.all(humans.map((human) => signIn(human)));
  sessions.forEach(({ cache }, n) => {
    const all = cache.msal;
    expect(Object.keys(JSON.parse(all).Account)).toHaveLength(1);
    humans.forEach((human, m) => expect(all.includes(human.objects[tenantA] ?? '')).toBe(n === m));
  });
});

test('M7: one person’s 503 does not make the next one’s sign-in fail', async () => {
  entra.bend.answer = () => ({ status: 503, headers: { 'retry-after': '3600' }, body: { error: 'server_error' } });
  await expect(signIn()).rejects.toMatchObject({ failure: 'transient' });
  entra.bend.answer = undefined;
  await expect(signIn()).resolves.toMatchObject({ identity: { tenantId: tenantA } });
  expect(entra.calls).toHaveLength(2);
});

test('M8: a fresh client over a session’s own cache answers from it, however many others are signed in', async () => {
  const client = entra.client();
  const { cache } = await signIn();
  for (let n = 0; n < 10; n += 1) await signIn();
  const before = entra.calls.length;
  expect(await client.cachedToken({ tenantId: tenantA, scopes, cache })).toMatchObject({ token: expect.stringMatching(/^at\./) });
  expect(entra.calls).toHaveLength(before);
});

describe('M9, M10: our own network client', () => {
  const servers: Server[] = [];
  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const limits = { connectMs: 60_000, headersMs: 60_000, totalMs: 60_000, maxBytes: 1_000 };
  const http = createIdentityHttp({ limits });
  const hasty = createIdentityHttp({ limits: { ...limits, headersMs: 200, totalMs: 600 } });
  const post = (url: string, by = http) =>
    by.exchange({ method: 'POST', url: `${url}/token`, origins: new Set([url]), body: 'client_secret=x' });
  const json = { 'content-type': 'application/json' };

  afterAll(async () => {
    await Promise.all([http.close(), hasty.close()]);
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve).closeAllConnections())));
  });

  it.each<[string, string, RequestListener]>([
    ['headers that never come', 'identity-timeout', () => undefined],
    ['a body that never ends', 'identity-timeout', (_req, res) => void res.writeHead(200, json).write('{"a":')],
    [
      'a body that drips',
      'identity-timeout',
      (req, res) => {
        res.writeHead(200, json);
        const drip = setInterval(() => res.write(' '), 50);
        req.socket.on('close', () => clearInterval(drip));
      },
    ],
    [
      'more than it should be',
      'identity-answer-too-large',
      (_req, res) => void res.writeHead(200, json).end(JSON.stringify({ a: 'x'.repeat(5_000) })),
    ],
    [
      'a flood without length',
      'identity-answer-too-large',
      (_req, res) => {
        res.writeHead(200, json);
        const push = (): void => {
          while (res.writable && res.write('x'.repeat(10_000)));
        };
        res.on('drain', push).on('error', () => undefined);
        push();
      },
    ],
    ['HTML', 'identity-answer-not-json', (_req, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['no type', 'identity-answer-not-json', (_req, res) => void res.writeHead(200).end('{}')],
    [
      'compressed text that nobody asked for',
      'identity-answer-not-json',
      (_req, res) => void res.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(Buffer.from([31, 139, 8, 0])),
    ],
    ['a connection that is cut', 'identity-unreachable', (req) => void req.socket.destroy()],
    [
      'an answer cut short',
      'identity-unreachable',
      (_req, res) => {
        res.writeHead(200, { ...json, 'content-length': '50' });
        res.write('{');
        setTimeout(() => res.destroy(), 20);
      },
    ],
  ])('%s', async (_name, code, listener) => {
    const by = code === 'identity-timeout' ? hasty : http;
    await expect(post(await serve(listener), by)).rejects.toMatchObject({ failure: 'transient', code });
  });

  it('follows no redirect: the secret goes nowhere else', async () => {
    let reached = 0;
    const elsewhere = await serve((_req, res) => {
      reached += 1;
      res.writeHead(200, json).end('{}');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await serve((_req, res) => void res.writeHead(status, { location: `${elsewhere}/token` }).end());
      await expect(post(url)).rejects.toMatchObject({ code: 'identity-redirected' });
    }
    expect(reached).toBe(0);
  });

  it('reaches no host but the allowed ones', async () => {
    const call = http.exchange({ method: 'GET', url: 'http://127.0.0.1:9/x', origins: new Set(['https://login.microsoftonline.com']) });
    await expect(call).rejects.toMatchObject({ failure: 'configuration', code: 'identity-host-not-allowed' });
  });

  it('does not reach a host that is away', async () => {
    await expect(post('http://127.0.0.1:9')).rejects.toMatchObject({ failure: 'transient', code: 'identity-unreachable' });
  });
});

test('M11: an operator’s proxy (an undici dispatcher) takes the place of the direct way out', async () => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent
    .get('https://login.microsoftonline.com')
    .intercept({ path: '/x' })
    .reply(200, { ok: true }, { headers: { 'content-type': 'application/json' } });
  const http = createIdentityHttp({ dispatcher: agent });
  const answer = await http.exchange({
    method: 'GET',
    url: 'https://login.microsoftonline.com/x',
    origins: new Set(['https://login.microsoftonline.com']),
  });
  expect(answer.body).toEqual({ ok: true });
  await http.close();
});

describe('M12, M13: one human in two tenants', () => {
  const guest = { home: tenantA, objects: { [tenantA]: 'oid-in-a', [tenantB]: 'oid-in-b' } };

  it('gets each tenant’s own token, from the cache and when it is renewed at that tenant’s authority', async () => {
    const client = entra.client();
    const { cache } = await signIn(guest);
    expect(await client.cachedToken({ tenantId: tenantB, scopes, cache })).toBeUndefined();
    const elsewhere = await client.renewToken({ tenantId: tenantB, scopes, cache });
    expect(elsewhere.accessToken.token).toContain(`at.${tenantB}.oid-in-b`);
    const both = elsewhere.cache;
    expect((await client.cachedToken({ tenantId: tenantA, scopes, cache: both }))?.token).toContain(`at.${tenantA}.oid-in-a`);
    expect((await client.cachedToken({ tenantId: tenantB, scopes, cache: both }))?.token).toContain(`at.${tenantB}.oid-in-b`);
    const home = await client.renewToken({ tenantId: tenantA, scopes, cache: both });
    expect(home.accessToken.token).toContain(`at.${tenantA}.`);
    expect(entra.calls.map(({ url }) => new URL(url).pathname)).toEqual([
      '/organizations/oauth2/v2.0/token',
      `/${tenantB}/oauth2/v2.0/token`,
      `/${tenantA}/oauth2/v2.0/token`,
    ]);
  });

  it.each([
    ['another tenant', { tid: tenantB, iss: `https://login.microsoftonline.com/${tenantB}/v2.0` }, 'id-token-tenant-other'],
    ['another person', { oid: 'somebody else' }, 'token-of-other-person'],
  ])('never takes a renewed token of %s', async (_name, foreign, code) => {
    const { cache } = await signIn(guest);
    entra.bend.claims = (claims) => ({ ...claims, ...foreign });
    await expect(entra.client().renewToken({ tenantId: tenantA, scopes, cache, objectId: 'oid-in-a' })).rejects.toMatchObject({
      failure: 'rejected',
      code,
    });
  });

  it('never takes a renewal without an ID token from Microsoft', async () => {
    const { cache } = await signIn(guest);
    entra.bend.body = ({ id_token: _token, ...body }) => body;
    await expect(entra.client().renewToken({ tenantId: tenantA, scopes, cache })).rejects.toMatchObject({ code: 'id-token-missing' });
  });
});

// M14 (one renewal for many requests and instances) needs the session's record: test/features/auth/access-tokens.test.ts.

test('M15: only the code, the verifier and what belongs to them is sent, to the one token endpoint', async () => {
  await signIn();
  expect([...(entra.calls[0]?.form.keys() ?? [])].filter((name) => !name.startsWith('x-')).sort()).toEqual(
    ['claims', 'client_id', 'client_info', 'client_secret', 'code', 'code_verifier', 'grant_type', 'redirect_uri', 'scope'].sort(),
  );
  const answer = readRedirectAnswer({ code: 'c', state: 's', cloud_instance_host_name: 'login.evil.example', client_info: 'x' });
  expect(Object.keys(answer)).not.toContain('cloud_instance_host_name');
  expect(entra.gets).toEqual(['https://login.microsoftonline.com/organizations/discovery/v2.0/keys']);
});

describe('M16: the protocol’s own words decide', () => {
  it.each<[string, Record<string, unknown>, IdentityFailure]>([
    ['invalid_grant', { error: 'invalid_grant' }, 'interaction'],
    ['invalid_grant, bad_token', { error: 'invalid_grant', suberror: 'bad_token' }, 'interaction'],
    ['invalid_grant, consent_required', { error: 'invalid_grant', suberror: 'consent_required' }, 'consent'],
    ['invalid_grant, message_only', { error: 'invalid_grant', suberror: 'message_only' }, 'blocked'],
    ['invalid_grant with a number nobody knows', { error: 'invalid_grant', error_codes: [999999] }, 'interaction'],
    ['interaction_required', { error: 'interaction_required' }, 'interaction'],
    ['login_required', { error: 'login_required' }, 'interaction'],
    ['consent_required', { error: 'consent_required' }, 'consent'],
    ['invalid_client', { error: 'invalid_client' }, 'configuration'],
    ['temporarily_unavailable', { error: 'temporarily_unavailable' }, 'transient'],
    ['an error nobody knows', { error: 'brand_new' }, 'transient'],
    ['an error that is no word', { error: '<b>x</b>' }, 'transient'],
  ])('%s', async (_name, body, failure) => {
    const { cache } = await signIn();
    entra.bend.answer = () => ({ status: 400, headers: {}, body });
    await expect(entra.client().renewToken({ tenantId: tenantA, scopes, cache })).rejects.toMatchObject({ failure });
  });

  it('no refresh token at all asks the person to sign in', async () => {
    entra.bend.body = ({ refresh_token: _token, ...body }) => body;
    const { cache } = await signIn();
    await expect(entra.client().renewToken({ tenantId: tenantA, scopes, cache })).rejects.toMatchObject({
      failure: 'interaction',
      code: 'no-refresh-token',
    });
  });
});

describe('M17: what the service says stays out of our errors', () => {
  it('carries no description, in message, code or stack', async () => {
    entra.bend.answer = () => ({
      status: 400,
      headers: {},
      body: { error: 'invalid_grant', error_description: 'AADSTS50173: the secret words', error_codes: [50173] },
    });
    const error = await signIn().catch((thrown: unknown) => thrown as IdentityError);
    expect(error).toBeInstanceOf(IdentityError);
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack, String((error as Error).cause)])).not.toContain(
      'secret words',
    );
    expect(adviceFor(error as IdentityError).says).not.toContain('secret words');
  });

  it.each<[string, Record<string, unknown>]>([
    ['an error that is a list', { error: ['invalid_grant'] }],
    ['an error that is an object', { error: { toString: 'x' } }],
    ['an id_token that is a number', { access_token: 'a', id_token: 7 }],
    ['an id_token of two parts', { access_token: 'a', id_token: 'a.b' }],
    ['claims that are no JSON', { error: 'interaction_required', claims: '<b>' }],
  ])('%s ends as an error of ours', async (_name, body) => {
    entra.bend.answer = () => ({ status: 'access_token' in body ? 200 : 400, headers: {}, body });
    await expect(signIn()).rejects.toBeInstanceOf(IdentityError);
  });
});

test('M18: claims of a challenge skip the cache and go to the token endpoint, with our capability beside them', async () => {
  const { cache } = await signIn();
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
  await entra.client().renewToken({ tenantId: tenantA, scopes, cache, claims });
  expect(JSON.parse(entra.calls[1]?.form.get('claims') ?? '')).toMatchObject({
    access_token: { nbf: { essential: true, value: '1700000000' }, xms_cc: { values: ['cp1'] } },
  });
});

test('M19: a token that should be renewed in advance is given at once, and the caller is told', async () => {
  entra.bend.body = (body) => ({ ...body, refresh_in: 1 });
  const { cache } = await signIn();
  const client = entra.client({ clock: () => Date.now() + 60_000 });
  entra.bend.answer = () => new Promise(() => undefined);
  expect(await client.cachedToken({ tenantId: tenantA, scopes, cache })).toMatchObject({ renewSoon: true });
  expect(entra.calls).toHaveLength(1);
});

test('M20, M22: tokens, codes and secrets lie nowhere in the clear: not in the database, not in any output', async () => {
  const provider = await anIdentityProvider();
  const app = await aSigningInApp({ identity: () => ({ authorityHost: provider.url, clientId, clientSecret: 'canary-client-secret' }) });
  const said: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      said.push(String(chunk));
      return true;
    }),
  );
  const seen: string[] = [];
  provider.bend.token = (body, call) => {
    seen.push(
      String(body['access_token']),
      String(body['refresh_token']),
      String(body['id_token']),
      call.form.get('code') ?? '',
      call.form.get('code_verifier') ?? '',
    );
    return body;
  };
  await arrive(app, provider, { person: contosoPerson });
  spies.forEach((spy) => spy.mockRestore());
  const files = readdirSync(app.folder).map((name) => readFileSync(join(app.folder, name), 'latin1'));
  expect(seen).toHaveLength(5);
  expect(files.length).toBeGreaterThan(0);
  for (const canary of [...seen, 'canary-client-secret']) {
    expect(canary.length).toBeGreaterThan(10);
    expect([...said, ...files, JSON.stringify(app.events)].some((text) => text.includes(canary))).toBe(false);
  }
  await app.close();
  await provider.close();
});

test('M21: an answer without an ID token signs nobody in', async () => {
  entra.bend.body = ({ id_token: _token, ...body }) => body;
  await expect(signIn()).rejects.toMatchObject({ failure: 'rejected', code: 'id-token-missing' });
});
