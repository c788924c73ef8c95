import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, labRedirectUri } from '../support/running-lab';
import { fc } from '../support/properties';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
beforeAll(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
});
afterAll(() => lab.stop());

/** A request as fetch would never send it. */
const send = (options: {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', path, headers = {}, body } = options;
    const sent = request(
      { host: '127.0.0.1', port: new URL(lab.url).port, method, path, headers: { connection: 'close', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

test.each([
  ['another name that points here', 'evil.example'],
  ['another name on our port', 'evil.example:3001'],
  ['a name that begins like ours', 'localhost.evil.example'],
  ['a name that ends like ours', 'evil.localhost.example'],
  ['an address of the network', '192.168.0.1'],
  ['a user before the name', 'localhost@evil.example'],
  ['a long port', 'localhost:123456'],
  ['nobody', ' '],
])('answers nothing to %s', async (_what, host) => {
  for (const path of ['/', '/lab/calls', '/organizations/v2.0/.well-known/openid-configuration', '/graph/v1.0/security/runHuntingQuery']) {
    expect((await send({ path, headers: { host } })).status).toBe(421);
  }
});

test.each(['localhost', 'LOCALHOST:3001', '127.0.0.1', '127.0.0.1:3001', '[::1]', '[::1]:3001'])('answers to %s', async (host) => {
  expect((await send({ path: '/common/discovery/instance', headers: { host } })).status).toBe(200);
});

test('listens on the loopback address alone', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) await expect(fetch(`http://${address}:${new URL(lab.url).port}/`)).rejects.toThrow();
});

const script = '"><script>alert(1)</script>';

test.each([
  ['an unknown client', { client_id: script }],
  ['an unknown redirect URI', { redirect_uri: `http://localhost:3000/${script}` }],
  ['a hint', { login_hint: script }],
])('markup in %s stays text', async (_what, changes) => {
  const visit = await aBrowser().visit(client.authorizeUrl(changes));
  expect(visit.text).not.toContain('<script>alert');
  expect(visit.$('script').length).toBe(0);
});

test('markup in a tenant name or an account stays text', async () => {
  expect((await aBrowser().visit(`${lab.url}/${encodeURIComponent(script)}/oauth2/v2.0/authorize`)).text).not.toContain('<script>alert');
  const visit = await aBrowser().visit(client.authorizeUrl());
  const flow = visit.$('input[name=flow]').attr('value') ?? '';
  const answer = await send({
    method: 'POST',
    path: '/organizations/login',
    headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ flow, account: script }).toString(),
  });
  expect([answer.status, answer.text.includes('<script>alert')]).toEqual([400, false]);
});

test('a line break in a parameter never becomes a header', async () => {
  const answer = client.answerOf(await aBrowser().visit(client.authorizeUrl({ state: 'a\r\nSet-Cookie: x=1', prompt: 'none' })));
  expect(answer.get('state')).toBe('a\r\nSet-Cookie: x=1');
  const { status } = await client.token({}, 'organizations', { headers: { 'client-request-id': 'not a guid' } });
  expect(status).toBe(400);
});

test.each<[string, { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer }]>([
  ['a body beyond its limit', { method: 'POST', path: '/organizations/oauth2/v2.0/token', body: `code=${'a'.repeat(300_000)}` }],
  [
    'a thousand parameters',
    {
      method: 'POST',
      path: '/organizations/oauth2/v2.0/token',
      body: Array.from({ length: 1000 }, (_value, index) => `p${index}=1`).join('&'),
    },
  ],
  [
    'an unknown charset',
    {
      method: 'POST',
      path: '/organizations/oauth2/v2.0/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-7' },
      body: 'a=1',
    },
  ],
  [
    'a body that is not what its encoding says',
    { method: 'POST', path: '/organizations/oauth2/v2.0/token', headers: { 'content-encoding': 'gzip' }, body: 'grant_type=x' },
  ],
  ['broken JSON', { method: 'POST', path: '/lab/drills', headers: { 'content-type': 'application/json' }, body: '{"service":' }],
  [
    'JSON that is deep',
    {
      method: 'POST',
      path: '/lab/drills',
      headers: { 'content-type': 'application/json' },
      body: `${'['.repeat(8000)}${']'.repeat(8000)}`,
    },
  ],
  [
    'JSON beyond its limit',
    { method: 'POST', path: '/lab/drills', headers: { 'content-type': 'application/json' }, body: `"${'a'.repeat(20_000)}"` },
  ],
  [
    'a prototype for a drill',
    {
      method: 'POST',
      path: '/lab/drills',
      headers: { 'content-type': 'application/json' },
      body: '{"__proto__":{"service":"hunting"},"constructor":1}',
    },
  ],
  ['a path that does not decode', { path: '/%E0%A4%A/oauth2/v2.0/authorize' }],
  ['a path of the prototype', { path: '/__proto__/oauth2/v2.0/authorize' }],
  ['a parameter of the prototype', { path: '/organizations/oauth2/v2.0/authorize?__proto__[client_id]=x&constructor=1' }],
  ['an array for a client', { path: '/organizations/oauth2/v2.0/authorize?client_id[]=x' }],
  ['another method', { method: 'DELETE', path: '/organizations/oauth2/v2.0/token' }],
])("%s is the caller's fault, answered and survived", async (_what, options) => {
  const host = 'localhost';
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...options.headers, host };
  const { status, text } = await send({ ...options, headers });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(text).not.toMatch(/node_modules|at \w+ \(|\/src\//);
  expect((await send({ path: '/common/discovery/instance', headers: { host } })).status).toBe(200);
});

test('no authorize request of any shape is sent anywhere but to a registered address, or breaks the lab', async () => {
  const word = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom('code', 'S256', 'none', 'login', 'query', 'form_post', labRedirectUri, 'openid'),
  );
  const names = [
    'client_id',
    'redirect_uri',
    'response_type',
    'response_mode',
    'scope',
    'prompt',
    'state',
    'code_challenge',
    'claims',
    'resource',
  ] as const;
  const changes = fc.dictionary(fc.constantFrom(...names), word, { maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(changes, async (some) => {
      const visit = await aBrowser().visit(client.authorizeUrl(some));
      expect([200, 302, 400]).toContain(visit.status);
      if (visit.location !== undefined)
        expect(visit.location.startsWith(`${labRedirectUri}?`) || visit.location.startsWith(`${labRedirectUri}#`)).toBe(true);
      const action = visit.$('form#answer').attr('action');
      if (action !== undefined) expect(action).toBe(labRedirectUri);
    }),
    { numRuns: 60 },
  );
});

test('no token request of any shape gets a token without its proof, or breaks the lab', async () => {
  const word = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('authorization_code', 'refresh_token', 'client_credentials', lab.clientId, 'https://graph.microsoft.com/.default'),
  );
  const names = [
    'grant_type',
    'client_id',
    'client_secret',
    'code',
    'refresh_token',
    'scope',
    'client_assertion',
    'code_verifier',
    'claims',
  ] as const;
  const parameters = fc.dictionary(fc.constantFrom(...names), word, { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(parameters, async (some) => {
      const { status, body } = await client.token({ client_secret: undefined, ...some });
      expect([400, 401]).toContain(status);
      expect(body.error_codes).toEqual([expect.any(Number)]);
    }),
    { numRuns: 60 },
  );
});
