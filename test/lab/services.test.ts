import { decodeJwt, SignJWT, generateKeyPair } from 'jose';
import type { Lab } from '../../src/lab/server';
import { aLabClient } from '../support/lab-client';
import { aSmallService } from '../support/lab-service';
import { aRunningLab, contosoId } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
let now: Date;
beforeEach(async () => {
  now = new Date();
  lab = await aRunningLab({}, { services: [aSmallService], now: () => now });
  client = aLabClient(lab);
});
afterEach(() => lab.stop());

const tokens = async (scope = 'https://graph.microsoft.com/ThreatHunting.Read.All'): Promise<Record<string, unknown>> =>
  (await client.redeem(await client.codeFor('analyst@contoso.example'), { scope })).body;
const hunt = (token: string | undefined, init: RequestInit = {}): Promise<Response> =>
  fetch(`${lab.url}/graph/v1.0/security/runHuntingQuery`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...init,
  });
const arm = (drill: object): Promise<Response> =>
  fetch(`${lab.url}/lab/drills`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(drill) });
const calls = async (): Promise<Record<string, unknown>[]> =>
  (await (await fetch(`${lab.url}/lab/calls`)).json()) as Record<string, unknown>[];

describe('tokens', () => {
  test("a person's token lets them in, as themself", async () => {
    const { access_token } = await tokens();
    const response = await hunt(String(access_token));
    expect(await response.json()).toMatchObject({ tenant: 'contoso', person: decodeJwt(String(access_token)).oid, cut: false });
    expect(response.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("the app's own token lets it in", async () => {
    const { body } = await client.token({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' }, contosoId);
    expect(await (await hunt(String(body.access_token))).json()).toMatchObject({ tenant: 'contoso', person: null });
  });

  test("without one there is a challenge, in Graph's words", async () => {
    const response = await hunt(undefined);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer realm="", authorization_uri="http/),
    ]);
    expect(await response.json()).toEqual({
      error: {
        code: 'InvalidAuthenticationToken',
        message: 'Access token is empty.',
        innerError: { date: expect.any(String), 'request-id': response.headers.get('request-id'), 'client-request-id': expect.any(String) },
      },
    });
  });

  test('Defender names the request as target', async () => {
    const response = await fetch(`${lab.url}/mde/api/indicators`);
    expect(await response.json()).toEqual({
      error: { code: 'Unauthorized', message: expect.any(String), target: response.headers.get('request-id') },
    });
  });

  const altered: readonly (readonly [string, (token: string) => string | Promise<string>])[] = [
    ['nonsense', () => 'x.y.z'],
    ['no signature', (token) => `${token.split('.').slice(0, 2).join('.')}.`],
    ['the algorithm none', (token) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`],
    [
      'other claims under the same signature',
      (token) =>
        token
          .split('.')
          .with(1, Buffer.from(JSON.stringify({ ...decodeJwt(token), tid: 'x' })).toString('base64url'))
          .join('.'),
    ],
    [
      'a signature of another key',
      async (token) => {
        const { privateKey } = await generateKeyPair('RS256');
        const kid = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid as string;
        return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
      },
    ],
    [
      'the public key as an HMAC secret',
      async (token) => {
        const keys = (await (await fetch(`${lab.url}/common/discovery/v2.0/keys`)).json()) as { keys: { kid: string; x5c: string[] }[] };
        const key = keys.keys[0];
        return new SignJWT(decodeJwt(token))
          .setProtectedHeader({ alg: 'HS256', kid: key?.kid ?? '' })
          .sign(Buffer.from(key?.x5c[0] ?? '', 'base64'));
      },
    ],
  ];
  test.each(altered)('%s is refused with 401', async (_what, alter) => {
    const { access_token } = await tokens();
    const response = await hunt(await alter(String(access_token)));
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('error="invalid_token"')]);
  });

  test('an ID token, a refresh token and a token for another resource are refused with 401', async () => {
    const { id_token, refresh_token } = await tokens();
    const xdr = await tokens('https://api.security.microsoft.com/.default').catch(() => undefined);
    for (const token of [id_token, refresh_token, xdr?.access_token]) expect((await hunt(String(token))).status).toBe(401);
  });

  test('an old token is refused, and said to be expired', async () => {
    const { access_token } = await tokens();
    now = new Date(now.getTime() + 2 * 3_600_000);
    const response = await hunt(String(access_token));
    expect([response.status, await response.json()]).toEqual([
      401,
      { error: expect.objectContaining({ message: expect.stringContaining('expired') }) },
    ]);
  });

  test('a token without the permission is refused with 403', async () => {
    const { body } = await client.token(
      { grant_type: 'client_credentials', scope: 'https://api.securitycenter.microsoft.com/.default' },
      contosoId,
    );
    expect(
      (await fetch(`${lab.url}/mde/api/indicators`, { headers: { authorization: `Bearer ${String(body.access_token)}` } })).status,
    ).toBe(200);
    const scope = 'openid https://api.securitycenter.microsoft.com/Alert.Read';
    lab.grants.withdraw({ id: contosoId, key: 'contoso', name: 'Contoso', domain: 'contoso.example', connected: true });
    lab.grants.grantTenant(
      { id: contosoId, key: 'contoso', name: 'Contoso', domain: 'contoso.example', connected: true },
      { delegated: ['openid', 'mde/Alert.Read'], application: [] },
    );
    const person = await client.redeem(await client.codeFor('analyst@contoso.example', { changes: { scope } }));
    const response = await fetch(`${lab.url}/mde/api/indicators`, {
      headers: { authorization: `Bearer ${String(person.body.access_token)}` },
    });
    expect([response.status, await response.json()]).toEqual([
      403,
      { error: expect.objectContaining({ code: 'Forbidden', message: expect.stringContaining('Ti.ReadWrite') }) },
    ]);
  });

  test('a token whose consent was withdrawn is refused with 403', async () => {
    const { access_token } = await tokens();
    await fetch(`${lab.url}/lab/consents/${contosoId}`, { method: 'DELETE' });
    const response = await hunt(String(access_token));
    expect([response.status, await response.json()]).toEqual([
      403,
      { error: expect.objectContaining({ message: expect.stringContaining('withdrawn') }) },
    ]);
  });
});

describe('drills', () => {
  test.each([
    ['429', 429, { retryAfter: 7 }, '7'],
    ['500', 500, {}, null],
    ['504', 504, {}, null],
  ])("%s answers with that status, in the service's envelope, as often as armed", async (fault, status, more, retryAfter) => {
    const { access_token } = await tokens();
    expect((await arm({ service: 'hunting', fault, times: 2, ...more })).status).toBe(201);
    for (let round = 0; round < 2; round += 1) {
      const response = await hunt(String(access_token));
      expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter]);
      expect(await response.json()).toMatchObject({ error: { code: expect.any(String), innerError: expect.any(Object) } });
    }
    expect((await hunt(String(access_token))).status).toBe(200);
  });

  test('html answers with a page instead of JSON', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: 'html' });
    const response = await hunt(String(access_token));
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      503,
      expect.stringContaining('text/html'),
      expect.stringContaining('<html>'),
    ]);
  });

  test('truncate sends half of the real answer, however it is written', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: 'truncate' });
    const whole = await (await hunt(String(access_token))).text();
    expect(() => JSON.parse(whole) as unknown).toThrow();
    expect(whole).toMatch(/^\{"tenant":"contoso"/);
    await arm({ service: 'defender', fault: 'truncate' });
    const { body } = await client.token(
      { grant_type: 'client_credentials', scope: 'https://api.securitycenter.microsoft.com/.default' },
      contosoId,
    );
    const streamed = await fetch(`${lab.url}/mde/api/indicators`, { headers: { authorization: `Bearer ${String(body.access_token)}` } });
    expect(await streamed.text()).toBe('{"valu');
  });

  test('reset ends the connection without an answer', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: 'reset' });
    await expect(hunt(String(access_token))).rejects.toThrow();
    expect((await hunt(String(access_token))).status).toBe(200);
    expect((await calls()).find(({ fault }) => fault === 'reset')).toMatchObject({ status: null });
  });

  test('stall never answers', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: 'stall' });
    const patience = new AbortController();
    const stalled = expect(hunt(String(access_token), { signal: patience.signal })).rejects.toThrow();
    while (!(await calls()).some(({ fault }) => fault === 'stall')) await new Promise((resolve) => setTimeout(resolve, 10));
    patience.abort();
    await stalled;
    await expect(hunt(String(access_token))).resolves.toMatchObject({ status: 200 });
  });

  test("cut is the service's own to act out", async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: 'cut' });
    expect(await (await hunt(String(access_token))).json()).toMatchObject({ cut: true });
  });

  test('consent answers as if it had been withdrawn', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: 'consent' });
    expect((await hunt(String(access_token))).status).toBe(403);
  });

  test('claims sends a challenge that a newer token answers', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: 'claims' });
    const response = await hunt(String(access_token));
    const challenge =
      /error="insufficient_claims", claims="([A-Za-z0-9+/=]+)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1] ?? '';
    expect(response.status).toBe(401);
    expect(JSON.parse(Buffer.from(challenge, 'base64').toString())).toMatchObject({
      access_token: { nbf: { essential: true, value: expect.stringMatching(/^\d+$/) } },
    });
  });

  test('a drill for one tenant leaves the other alone, and a bad call does not use it up', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: '500', tenant: 'fabrikam.example' });
    expect((await hunt(String(access_token))).status).toBe(200);
    await arm({ service: 'hunting', fault: '504', tenant: 'contoso.example' });
    expect((await hunt(undefined)).status).toBe(401);
    expect((await hunt(String(access_token))).status).toBe(504);
    expect((await fetch(`${lab.url}/lab/drills`, { method: 'DELETE' })).status).toBe(204);
    expect(await (await fetch(`${lab.url}/lab/drills`)).json()).toEqual({ armed: [] });
  });

  test.each([
    ['429', 429, 'temporarily_unavailable', undefined],
    ['500', 500, 'server_error', undefined],
    ['consent', 400, 'invalid_grant', 'consent_required'],
    ['claims', 400, 'invalid_grant', 'basic_action'],
  ])('identity %s: the token endpoint answers %d %s', async (fault, status, error, suberror) => {
    const { refresh_token } = await tokens();
    await arm({ service: 'identity', fault, retryAfter: 3 });
    const answer = await client.token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) });
    expect([answer.status, answer.body.error, answer.body.suberror]).toEqual([status, error, suberror]);
    expect((await client.token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) })).status).toBe(200);
  });

  test.each<[string, unknown]>([
    ['an unknown service', { service: 'mail', fault: '500' }],
    ['an unknown fault', { service: 'hunting', fault: 'meteor' }],
    ['no times', { service: 'hunting', fault: '500', times: 0 }],
    ['an unknown tenant', { service: 'hunting', fault: '500', tenant: 'nobody' }],
    ['an unknown key', { service: 'hunting', fault: '500', often: 3 }],
    ['no object', []],
  ])('%s is refused', async (_what, drill) => {
    expect((await arm(drill as object)).status).toBe(400);
  });

  test('only programs of this machine arm them', async () => {
    const body = JSON.stringify({ service: 'hunting', fault: '500' });
    const send = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${lab.url}/lab/drills`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })).status;
    expect(await send({ origin: 'http://evil.example' })).toBe(403);
    expect(await send({ origin: 'http://localhost:3000' })).toBe(403);
    expect(await send({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await send({ 'content-type': 'text/plain' })).toBe(415);
    expect(await (await fetch(`${lab.url}/lab/drills`)).json()).toEqual({ armed: [] });
  });
});

describe('the ledger', () => {
  test('keeps every call with its tenant, status and fault, without queries', async () => {
    const { access_token } = await tokens();
    await arm({ service: 'hunting', fault: '500' });
    await hunt(String(access_token));
    await hunt(String(access_token));
    const all = await calls();
    expect(all.filter(({ service }) => service === 'hunting')).toEqual([
      {
        at: expect.any(String),
        service: 'hunting',
        method: 'POST',
        path: '/graph/v1.0/security/runHuntingQuery',
        tenant: contosoId,
        status: 500,
        fault: '500',
        requestId: expect.any(String),
      },
      {
        at: expect.any(String),
        service: 'hunting',
        method: 'POST',
        path: '/graph/v1.0/security/runHuntingQuery',
        tenant: contosoId,
        status: 200,
        requestId: expect.any(String),
      },
    ]);
    expect(all.find(({ path }) => path === '/organizations/oauth2/v2.0/token')).toMatchObject({
      service: 'identity',
      tenant: contosoId,
      status: 200,
    });
    expect(JSON.stringify(all)).not.toContain('code_challenge');
    expect((await fetch(`${lab.url}/lab/calls`, { method: 'DELETE' })).status).toBe(204);
    expect(await calls()).toEqual([]);
  });
});
