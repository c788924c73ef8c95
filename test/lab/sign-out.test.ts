import { decodeJwt } from 'jose';
import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
beforeAll(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
});
afterAll(() => lab.stop());

const analyst = 'analyst@contoso.example';
const logout = (parameters: Record<string, string> = {}): string =>
  `${lab.url}/organizations/oauth2/v2.0/logout?${new URLSearchParams(parameters)}`;

test("an app's person is signed out and sent back to the app", async () => {
  const browser = aBrowser();
  await client.signIn(analyst, { browser });
  const kept = new Map(browser.jar);
  const visit = await browser.visit(logout({ post_logout_redirect_uri: 'http://localhost:3000/', state: 'bye' }));
  expect([visit.status, visit.location]).toEqual([302, 'http://localhost:3000/?state=bye']);
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none' }))).get('error')).toBe('login_required');

  // A copy of the cookie from before is worth nothing.
  for (const [name, value] of kept) browser.jar.set(name, value);
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none' }))).get('error')).toBe('login_required');
});

test('an address that is not registered is not gone to', async () => {
  const browser = aBrowser();
  await client.signIn(analyst, { browser });
  const visit = await browser.visit(logout({ post_logout_redirect_uri: 'http://evil.example/' }));
  expect([visit.status, visit.location, visit.$('h1').text()]).toEqual([200, undefined, 'You signed out of your account']);
});

test('without a way back the apps are told by the front channel, by issuer and sid', async () => {
  const browser = aBrowser();
  const { body } = await client.redeem(await client.codeFor(analyst, { browser }));
  const { sid, iss } = decodeJwt(String(body.id_token));
  const visit = await browser.visit(logout());
  const notice = new URL(visit.$('iframe').attr('src') ?? '');
  expect(notice.origin + notice.pathname).toBe('http://localhost:3000/auth/frontchannel-logout');
  expect(Object.fromEntries(notice.searchParams)).toEqual({ iss, sid });
  expect(iss).toBe(`${lab.url}/${contosoId}/v2.0`);
  expect(visit.headers.get('content-security-policy')).toContain('frame-src http://localhost:3000;');
});

test('a hint signs out one of several', async () => {
  const browser = aBrowser();
  const { body } = await client.redeem(await client.codeFor(analyst, { browser }));
  await client.signIn('admin@contoso.example', { browser, changes: { prompt: 'select_account' } });
  const back = { post_logout_redirect_uri: 'http://localhost:3000/' };
  await browser.visit(logout({ ...back, logout_hint: String(decodeJwt(String(body.id_token)).login_hint) }));
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none', login_hint: analyst }))).get('error')).toBe(
    'login_required',
  );
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none' }))).get('code')).toMatch(/^ey/);
});

test('an ID token names its sign-in, too', async () => {
  const browser = aBrowser();
  await client.signIn('admin@contoso.example', { browser });
  const { body } = await client.redeem(await client.codeFor(analyst, { browser, changes: { prompt: 'select_account' } }));
  await browser.visit(logout({ id_token_hint: String(body.id_token), post_logout_redirect_uri: 'http://localhost:3000/' }));
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none', login_hint: analyst }))).get('error')).toBe(
    'login_required',
  );
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none' }))).get('code')).toMatch(/^ey/);
});

test('signing out twice, or with nobody signed in, is no error', async () => {
  expect((await aBrowser().visit(logout())).status).toBe(200);
  const visit = await aBrowser().visit(logout({ id_token_hint: 'x', post_logout_redirect_uri: 'http://localhost:3000/' }));
  expect(visit.location).toBe('http://localhost:3000/');
});

test('each sign-in of a person has a sid of its own', async () => {
  const sids = [];
  for (let round = 0; round < 2; round += 1) {
    const { body } = await client.redeem(await client.codeFor(analyst));
    sids.push(decodeJwt(String(body.id_token)).sid);
  }
  expect(sids[0]).not.toBe(sids[1]);
});
