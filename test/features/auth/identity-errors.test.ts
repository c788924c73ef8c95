import type { ServerResponse } from 'node:http';
import { adviceFor } from '../../../src/identity/aadsts';
import { aadstsAdvice } from '../../../src/identity/aadsts.data';
import { fromRedirectError, fromTokenRefusal } from '../../../src/identity/token-errors';
import { depart, returnAddress } from '../../support/a-sign-in';
import { aSigningInApp, registeredAt, type SigningInApp } from '../../support/a-signing-in-app';
import { anIdentityProvider, contosoPerson as person, type IdentityProvider } from '../../support/an-identity-provider';
import { aBrowser, type Visit } from '../../support/lab-browser';

const catalogue = [...aadstsAdvice.keys()];
/** One number of each piece of advice goes through the whole pipeline; all of them are judged by themselves. */
const representatives = catalogue.filter(
  (code, at) => catalogue.findIndex((other) => aadstsAdvice.get(other)?.says === aadstsAdvice.get(code)?.says) === at,
);
const correlation = 'c0ffee00-1111-4222-8333-444444444444';
const hostile = '<script>alert("x")</script><img src=x onerror=alert(1)>';

let provider: IdentityProvider;
let app: SigningInApp;

beforeAll(async () => {
  provider = await anIdentityProvider();
  app = await aSigningInApp({
    identity: () => registeredAt(provider.url),
  });
});

afterAll(async () => {
  await app.close();
  await provider.close();
});

beforeEach(() => {
  provider.calls.length = 0;
  provider.bend.answer = undefined;
});

const describeError = (code: number): string =>
  `AADSTS${code}: ${hostile} Trace ID: x Correlation ID: ${correlation} Timestamp: 2026-01-02 03:04:05Z`;

const returned = async (answer: Record<string, string>, query = ''): Promise<Visit> => {
  const browser = aBrowser();
  const { state, redirectUri } = provider.authorize(await depart(app, browser, query), person);
  return browser.visit(returnAddress(redirectUri, { ...answer, state }));
};

const refusedAtTokenEndpoint = async (body: Record<string, unknown>, status = 400): Promise<Visit> => {
  provider.bend.answer = (_call, res) => {
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };
  return returned({ code: 'a-code' });
};

/** What every such page owes its reader. */
const expectHelp = (visit: Visit): void => {
  expect([401, 403, 502, 503]).toContain(visit.status);
  const page = visit.$('main');
  expect(page.find('h1').text().trim()).not.toBe('');
  expect(page.find('p.lead').text().length).toBeGreaterThan(30);
  expect(page.find('a.button')).toHaveLength(1);
  expect(page.find('a.button').attr('href')).toMatch(/^\/(auth\/signin(\?.*)?|connect)?$/);
  expect(visit.text).not.toMatch(/AADSTS|Trace ID|Timestamp|<script>alert|invalid_grant|access_denied/);
  expect(visit.$('[onerror]')).toHaveLength(0);
  expect(visit.headers.get('cache-control')).toContain('no-store');
};

describe('every number of the catalogue', () => {
  it.each(catalogue)('AADSTS%i has plain words and one next step of its own, both ways it can come', (code) => {
    const inRedirect = fromRedirectError({ error: 'access_denied', error_description: describeError(code) });
    const fromToken = fromTokenRefusal({ error: 'invalid_grant', error_codes: [code], correlation_id: correlation });
    for (const error of [inRedirect, fromToken]) {
      expect(error).toMatchObject({ aadsts: code, code: `entra-${code}`, correlationId: correlation });
      expect(adviceFor(error)).toBe(aadstsAdvice.get(code));
      expect(adviceFor(error).says).toMatch(/^[A-Z][^<>{}]{30,300}\.$/);
      expect(adviceFor(error).says).not.toMatch(/AADSTS|OAuth|suberror|grant/);
    }
  });
});

describe('an error in the redirect', () => {
  it.each(representatives)('AADSTS%i ends on a page in plain words', async (code) => {
    const visit = await returned({ error: 'access_denied', error_description: describeError(code) });
    expectHelp(visit);
    expect(visit.$('main').text()).toContain(correlation);
    expect(visit.$('main').text()).toContain(`entra-${code}`);
    expect(provider.calls).toEqual([]);
  });

  it.each([
    ['access_denied', 'To', 401],
    ['consent_required', 'Connect your organization', 403],
    ['login_required', 'Sign in', 401],
    ['server_error', 'Try again', 502],
    ['temporarily_unavailable', 'Try again', 502],
    ['invalid_request', 'To the start page', 503],
    ['unauthorized_client', 'To the start page', 503],
    ['unsupported_response_type', 'To the start page', 503],
    ['invalid_resource', 'To the start page', 503],
    [hostile, 'Try again', 502],
    ['an error nobody knows', 'Try again', 502],
  ])('%s without a number', async (error, action, status) => {
    const visit = await returned({ error, error_description: hostile });
    expectHelp(visit);
    expect(visit.status).toBe(status);
    if (action !== 'To') expect(visit.$('main a.button').text()).toBe(action);
  });

  it('a cancelled sign-in says so, and the way back keeps the page', async () => {
    const visit = await returned(
      { error: 'access_denied', error_subcode: 'cancel', error_description: 'AADSTS65004: x' },
      '?return_to=/hunting%3Fq%3D1',
    );
    expectHelp(visit);
    expect(visit.$('main a.button').attr('href')).toBe('/auth/signin?return_to=%2Fhunting%3Fq%3D1');
  });

  it('shows no correlation id that is none', async () => {
    const visit = await returned({ error: 'access_denied', error_description: `AADSTS50105: Correlation ID: ${'9'.repeat(36)}` });
    expect(visit.text).not.toContain('9'.repeat(36));
  });

  it('tries once more by itself when a second factor is asked for, then stops', async () => {
    const browser = aBrowser();
    const first = provider.authorize(await depart(app, browser, '?return_to=/hunting'), person);
    const again = await browser.visit(
      returnAddress(first.redirectUri, { error: 'interaction_required', error_description: 'AADSTS50076: x', state: first.state }),
    );
    expect(again.status).toBe(303);
    const second = provider.authorize(again.location ?? '', person);
    expect(second.query.get('prompt')).toBe('login');
    expect(second.state).not.toBe(first.state);
    const visit = await browser.visit(
      returnAddress(second.redirectUri, { error: 'interaction_required', error_description: 'AADSTS50076: x', state: second.state }),
    );
    expectHelp(visit);
    expect(visit.$('main').text()).toContain('second factor');
    expect(visit.$('main a.button').attr('href')).toBe('/auth/signin?return_to=%2Fhunting');
  });
});

describe('an error of the token endpoint', () => {
  it.each([50076, 65001, 53003, 50020, 7000215, 54005, 90033, 50196])('AADSTS%i ends on a page in plain words', async (code) => {
    const visit = await refusedAtTokenEndpoint({
      error: 'invalid_grant',
      error_description: describeError(code),
      error_codes: [code],
      correlation_id: correlation,
    });
    expectHelp(visit);
    expect(visit.$('main').text()).toContain(correlation);
    expect(await app.stores.sessions.count()).toBe(0);
  });

  it('tries once more with the claims of a policy, then stops', async () => {
    const claims = '{"access_token":{"capolids":{"essential":true,"values":["a"]}}}';
    const again = await refusedAtTokenEndpoint({ error: 'invalid_grant', suberror: 'basic_action', error_codes: [50076], claims });
    expect(again.status).toBe(303);
    expect(JSON.parse(new URL(again.location ?? '').searchParams.get('claims') ?? '')).toMatchObject(JSON.parse(claims));
  });

  const answers: [string, (res: ServerResponse) => void][] = [
    ['an HTML page', (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['HTML that calls itself JSON', (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('<html>')],
    ['a list', (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('[]')],
    ['null', (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('null')],
    ['a text', (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('"hello"')],
    ['nothing', (res) => res.writeHead(204).end()],
    ['success without tokens', (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('{}')],
    [
      'success and an error at once',
      (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"x","error":"y"}'),
    ],
    [
      'half an answer',
      (res) => void res.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' }).end('{"access_token":'),
    ],
    ['a redirect', (res) => res.writeHead(307, { location: 'http://127.0.0.1:9/steal' }).end()],
    ['400 without an error', (res) => res.writeHead(400, { 'content-type': 'application/json' }).end('{"hint":"x"}')],
    ['500 in HTML', (res) => res.writeHead(500, { 'content-type': 'text/html' }).end('<h1>500</h1>')],
    [
      '503 in JSON',
      (res) => res.writeHead(503, { 'content-type': 'application/json', 'retry-after': '3600' }).end('{"error":"server_error"}'),
    ],
    ['429', (res) => res.writeHead(429, { 'content-type': 'application/json', 'retry-after': '3600' }).end('{"error":"too_many"}')],
    ['a connection reset', (res) => void res.socket?.destroy()],
    [
      'a megabyte',
      (res) => res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access_token: 'x'.repeat(1_000_000) })),
    ],
  ];

  it.each(answers)('%s is the service’s trouble: try again', async (_name, answer) => {
    provider.bend.answer = (_call, res) => {
      answer(res);
      return true;
    };
    const visit = await returned({ code: 'a-code' });
    expectHelp(visit);
    expect(visit.status).toBe(502);
    expect(visit.$('main a.button').text()).toBe('Try again');
    expect(provider.calls).toHaveLength(1);
  });

  it('no ID token: no session', async () => {
    const visit = await refusedAtTokenEndpoint({ token_type: 'Bearer', expires_in: 3600, access_token: 'at', scope: 'openid' }, 200);
    expect(visit.status).toBe(401);
    expect(await app.stores.sessions.count()).toBe(0);
  });

  it('one person’s 503 never fails the next one’s sign-in', async () => {
    provider.bend.answer = (_call, res) => {
      res.writeHead(503, { 'content-type': 'application/json', 'retry-after': '3600' }).end('{"error":"server_error"}');
      return true;
    };
    expect((await returned({ code: 'a-code' })).status).toBe(502);
    provider.bend.answer = undefined;
    const browser = aBrowser();
    const { code, state, redirectUri } = provider.authorize(await depart(app, browser), person);
    expect((await browser.visit(returnAddress(redirectUri, { code, state }))).status).toBe(303);
  });
});

describe('an identity service that is away', () => {
  it('ends the start of a sign-in on a page with the way to try again', async () => {
    const away = await aSigningInApp({
      identity: () => registeredAt('http://127.0.0.1:9'),
    });
    const visit = await aBrowser().visit(`${away.baseUrl}/auth/signin?return_to=/hunting`);
    expectHelp(visit);
    expect(visit.$('main a.button').attr('href')).toBe('/auth/signin?return_to=%2Fhunting');
    await away.close();
  });
});

describe('a database that is away', () => {
  it('is told as such, not as signed out', async () => {
    const broken = await aSigningInApp({
      identity: () => registeredAt(provider.url),
    });
    const browser = aBrowser();
    const { code, state, redirectUri } = provider.authorize(await depart(broken, browser), person);
    await broken.stores.database.close();
    expect((await browser.visit(returnAddress(redirectUri, { code, state }))).status).toBe(503);
    expect((await browser.visit(`${broken.baseUrl}/auth/signin`)).status).toBe(503);
    await broken.close().catch(() => undefined);
  });
});
