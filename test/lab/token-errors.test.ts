import type { Lab } from '../../src/lab/server';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId, fabrikamId } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
let now: Date;
beforeEach(async () => {
  now = new Date();
  lab = await aRunningLab({}, { now: () => now });
  client = aLabClient(lab);
});
afterEach(() => lab.stop());

const analyst = 'analyst@contoso.example';
const later = (minutes: number): void => void (now = new Date(now.getTime() + minutes * 60_000));

const expectError = (
  { status, body }: { status: number; body: Record<string, unknown> },
  expected: { status?: number; error: string; code: number },
): void => {
  expect([status, body.error, body.error_codes]).toEqual([expected.status ?? 400, expected.error, [expected.code]]);
  expect(body).toMatchObject({
    error_description: expect.stringMatching(new RegExp(`^AADSTS${expected.code}: .* Trace ID: ${String(body.trace_id)} Correlation ID: `)),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    error_uri: `${lab.url}/error?code=${expected.code}`,
  });
};

test.each<[string, Record<string, string | undefined>, { status?: number; error: string; code: number }]>([
  ['no grant type', { grant_type: undefined }, { error: 'invalid_request', code: 900144 }],
  ['an unknown grant type', { grant_type: 'password' }, { error: 'unsupported_grant_type', code: 70003 }],
  ['a grant type of the object prototype', { grant_type: 'constructor' }, { error: 'unsupported_grant_type', code: 70003 }],
  ['no client', { client_id: undefined }, { error: 'invalid_request', code: 900144 }],
  ['another client', { client_id: contosoId }, { error: 'unauthorized_client', code: 700016 }],
  ['no secret', { client_secret: undefined }, { status: 401, error: 'invalid_client', code: 7000218 }],
  ['a wrong secret', { client_secret: 'guess' }, { status: 401, error: 'invalid_client', code: 7000215 }],
  [
    'an assertion that is none',
    { client_assertion: 'x', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' },
    { error: 'invalid_grant', code: 50027 },
  ],
  ['an unknown assertion type', { client_assertion: 'x', client_assertion_type: 'saml' }, { error: 'invalid_request', code: 90023 }],
  ['the resource parameter of version 1', { resource: 'https://graph.microsoft.com' }, { error: 'invalid_request', code: 901002 }],
  ['no code', { code: undefined }, { error: 'invalid_request', code: 900144 }],
  ['no redirect URI', { redirect_uri: undefined }, { error: 'invalid_request', code: 900144 }],
  ['another redirect URI', { redirect_uri: 'http://localhost:3000/connect/done' }, { error: 'invalid_grant', code: 50011 }],
  ['a code that is none', { code: 'M.C5_x' }, { error: 'invalid_grant', code: 70000 }],
  ['no verifier', { code_verifier: undefined }, { error: 'invalid_grant', code: 501481 }],
  ['another verifier', { code_verifier: 'a'.repeat(43) }, { error: 'invalid_grant', code: 501481 }],
  ['a short verifier', { code_verifier: 'a'.repeat(42) }, { error: 'invalid_grant', code: 501481 }],
  ['a long verifier', { code_verifier: 'a'.repeat(129) }, { error: 'invalid_grant', code: 501481 }],
  [
    'scopes of two resources',
    { scope: 'https://graph.microsoft.com/User.Read https://api.security.microsoft.com/AdvancedHunting.Read' },
    { error: 'invalid_scope', code: 700022 },
  ],
  ['an unknown scope', { scope: 'https://graph.microsoft.com/Magic' }, { error: 'invalid_scope', code: 70011 }],
  ['claims that are no JSON', { claims: '{' }, { error: 'invalid_request', code: 90023 }],
])('refuses %s', async (_what, changes, expected) => {
  const code = await client.codeFor(analyst);
  expectError(await client.redeem(code, changes), expected);
  if (changes.claims === undefined) expect((await client.redeem(code)).status).toBe(200);
});

test('a code is redeemed once', async () => {
  const code = await client.codeFor(analyst);
  expect((await client.redeem(code)).status).toBe(200);
  expectError(await client.redeem(code), { error: 'invalid_grant', code: 54005 });
});

test('of twenty redemptions at the same time one succeeds', async () => {
  const code = await client.codeFor(analyst);
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.redeem(code)));
  expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  expect(answers.filter(({ body }) => String(body.error_codes) === '54005').length).toBe(19);
});

test('a code lives ten minutes', async () => {
  const [early, late] = [await client.codeFor(analyst), await client.codeFor(analyst)];
  later(9.9);
  expect((await client.redeem(early)).status).toBe(200);
  later(0.2);
  expectError(await client.redeem(late), { error: 'invalid_grant', code: 70008 });
});

test('a code is redeemed where it was issued, or at the tenant it turned out to be for', async () => {
  expectError(await client.redeem(await client.codeFor(analyst), {}, fabrikamId), { error: 'invalid_grant', code: 700005 });
  expectError(await client.redeem(await client.codeFor(analyst), {}, 'common'), { error: 'invalid_grant', code: 700005 });
  expectError(await client.redeem(await client.codeFor(analyst, { authority: contosoId })), { error: 'invalid_grant', code: 700005 });
  expect((await client.redeem(await client.codeFor(analyst), {}, contosoId)).status).toBe(200);
});

test('an altered code is none', async () => {
  const code = await client.codeFor(analyst);
  const parts = code.split('.');
  for (const index of [0, 2, 3, 4]) {
    const text = parts[index] ?? '';
    const altered = parts.with(index, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`).join('.');
    expectError(await client.redeem(altered), { error: 'invalid_grant', code: 70000 });
  }
});

test('a code, a refresh token and the sign-in cookie are no substitutes for each other', async () => {
  const code = await client.codeFor(analyst);
  const { body } = await client.redeem(await client.codeFor(analyst));
  expectError(await client.redeem(String(body.refresh_token)), { error: 'invalid_grant', code: 70000 });
  expectError(await client.token({ grant_type: 'refresh_token', refresh_token: code }), { error: 'invalid_grant', code: 70000 });
});

test('credentials may come by Basic, but not twice', async () => {
  const authorization = `Basic ${Buffer.from(`${lab.clientId}:${encodeURIComponent('a-secret-of-the-tests-alone')}`).toString('base64')}`;
  const wrong = `Basic ${Buffer.from(`${lab.clientId}:guess`).toString('base64')}`;
  const ask = (secret: string | undefined, header: string) =>
    client.token(
      { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default', client_id: undefined, client_secret: secret },
      contosoId,
      {
        headers: { authorization: header },
      },
    );
  expect((await ask(undefined, authorization)).status).toBe(200);
  expectError(await ask(undefined, wrong), { status: 401, error: 'invalid_client', code: 7000215 });
  expectError(await ask('a-secret-of-the-tests-alone', authorization), { error: 'invalid_request', code: 9002313 });
});

test.each<[string, RequestInit, number]>([
  ['GET', { method: 'GET', body: null }, 900561],
  ['JSON', { headers: { 'content-type': 'application/json' }, body: '{"grant_type":"refresh_token"}' }, 9002313],
  ['a page of another origin', { headers: { origin: 'http://localhost:3000' } }, 9002326],
  ['a repeated parameter', { body: new URLSearchParams('grant_type=refresh_token&grant_type=refresh_token') }, 9000411],
])('refuses %s', async (_what, init, code) => {
  const { status, body } = await client.token({ grant_type: 'refresh_token' }, 'organizations', init);
  expect([status, body.error_codes]).toEqual([400, [code]]);
});

test('an unknown tenant is refused', async () => {
  expectError(await client.token({ grant_type: 'refresh_token' }, 'nobody.example'), { error: 'invalid_request', code: 90002 });
});

test("the correlation id is the caller's own where it sent one", async () => {
  const id = '0f7a3c52-5d0e-4b61-9c37-0b8a0f6e2d11';
  const { headers, body } = await client.token({}, 'organizations', { headers: { 'client-request-id': id } });
  expect([headers.get('client-request-id'), body.correlation_id, headers.get('cache-control')]).toEqual([id, id, 'no-store, no-cache']);
});
