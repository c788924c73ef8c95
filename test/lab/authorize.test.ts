import { decodeJwt } from 'jose';
import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId, labRedirectUri } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
beforeEach(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
});
afterEach(() => lab.stop());

const analyst = 'analyst@contoso.example';

test('asks for consent once, and names what is asked and of whom', async () => {
  const browser = aBrowser();
  await browser.visit(client.authorizeUrl());
  const consent = await browser.press('account', analyst);
  expect(consent.$('main').text()).toContain('WdatpEcosystemPartner');
  expect(consent.$('.scopes li').length).toBe(3);
  await browser.press('consent', 'accept');
  const again = await aBrowser();
  await again.visit(client.authorizeUrl());
  expect((await again.press('account', analyst)).status).toBe(302);
});

test('a signed-in person is not asked again, silently or not', async () => {
  const browser = aBrowser();
  await client.signIn(analyst, { browser });
  for (const changes of [{}, { prompt: 'none' }, { login_hint: analyst }, { domain_hint: 'contoso.example' }]) {
    expect(client.answerOf(await browser.visit(client.authorizeUrl(changes))).get('code')).toMatch(/^ey/);
  }
});

test.each(['login', 'select_account'])('prompt=%s asks for the account although somebody is signed in', async (prompt) => {
  const browser = aBrowser();
  await client.signIn(analyst, { browser });
  const visit = await browser.visit(client.authorizeUrl({ prompt }));
  expect(visit.$('button[name=account]').length).toBeGreaterThan(5);
  expect(client.answerOf(await browser.press('account', analyst)).get('code')).toMatch(/^ey/);
});

test('prompt=consent shows the consent page again', async () => {
  const browser = aBrowser();
  await client.signIn('admin@contoso.example', { browser });
  const visit = await browser.visit(client.authorizeUrl({ prompt: 'consent' }));
  expect(visit.$('button[name=consent]').length).toBe(2);
  expect(visit.$('input[name=organization]').length).toBe(1);
  expect(client.answerOf(await browser.press('consent', 'accept')).get('code')).toMatch(/^ey/);
});

test('an administrator who consents for the organization spares the others the question', async () => {
  const browser = aBrowser();
  await browser.visit(client.authorizeUrl());
  await browser.press('account', 'admin@contoso.example');
  await browser.press('consent', 'accept', { organization: '1' });
  const other = aBrowser();
  await other.visit(client.authorizeUrl());
  expect((await other.press('account', analyst)).status).toBe(302);
});

test('silently, missing consent is consent_required', async () => {
  const browser = aBrowser();
  await browser.visit(client.authorizeUrl());
  await browser.press('account', analyst);
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none' }))).get('error')).toBe('consent_required');
});

test('a login_hint that is not signed in asks for the account, that one first', async () => {
  const browser = aBrowser();
  await client.signIn(analyst, { browser });
  const visit = await browser.visit(client.authorizeUrl({ login_hint: 'admin@fabrikam.example' }));
  expect(visit.$('button[name=account]').first().attr('value')).toBe('admin@fabrikam.example');
  expect(
    client.answerOf(await browser.visit(client.authorizeUrl({ login_hint: 'admin@fabrikam.example', prompt: 'none' }))).get('error'),
  ).toBe('login_required');
});

test('the opaque login_hint of an ID token finds its person among several', async () => {
  const browser = aBrowser();
  const code = await client.codeFor(analyst, { browser });
  await client.signIn('admin@contoso.example', { browser, changes: { prompt: 'select_account' } });
  expect((await browser.visit(client.authorizeUrl())).$('button[name=account]').length).toBeGreaterThan(5);
  const { login_hint } = decodeJwt(String((await client.redeem(code)).body.id_token));
  const silent =
    client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none', login_hint: String(login_hint) }))).get('code') ?? '';
  expect(decodeJwt(String((await client.redeem(silent)).body.id_token)).preferred_username).toBe(analyst);
});

test('answers in the fragment when asked', async () => {
  const visit = await client.signIn(analyst, { changes: { response_mode: 'fragment' } });
  const url = new URL(visit.location ?? '');
  expect([url.search, new URLSearchParams(url.hash.slice(1)).get('state')]).toEqual(['', 'state-1']);
});

test('answers by a form that posts itself when asked, and works without a script', async () => {
  const visit = await client.signIn(analyst, { changes: { response_mode: 'form_post', state: '"><script>alert(1)</script>' } });
  expect(visit.status).toBe(200);
  const form = visit.$('form#answer');
  expect([form.attr('method'), form.attr('action')]).toEqual(['post', labRedirectUri]);
  expect(visit.$('input[name=state]').attr('value')).toBe('"><script>alert(1)</script>');
  expect(visit.$('input[name=code]').attr('value')).toMatch(/^ey/);
  expect(visit.$('script:not([src])').length).toBe(0);
  expect(visit.headers.get('content-security-policy')).toContain(`form-action 'self' http://localhost:3000;`);
});

test('reports errors by the response mode, too', async () => {
  const visit = await aBrowser().visit(client.authorizeUrl({ response_mode: 'fragment', prompt: 'none' }));
  expect(new URL(visit.location ?? '').hash).toContain('error=login_required');
});

test('client_info comes when asked', async () => {
  const answer = client.answerOf(await client.signIn(analyst, { changes: { client_info: '1' } }));
  expect(JSON.parse(Buffer.from(answer.get('client_info') ?? '', 'base64url').toString())).toEqual({
    uid: expect.any(String),
    utid: contosoId,
  });
});

test('a second factor is asked for after a challenge and after prompt=login, and then remembered', async () => {
  const browser = aBrowser();
  const first = client.answerOf(await client.signIn('mfa@contoso.example', { browser }));
  const claims = first.get('claims') ?? '';
  expect(JSON.parse(claims)).toHaveProperty('access_token.capolids.values');
  const page = await browser.visit(client.authorizeUrl({ claims }));
  expect(page.$('button[name=factor]').length).toBe(2);
  const next = await browser.press('factor', 'approve');
  const done = next.location ? next : await browser.press('consent', 'accept');
  expect(client.answerOf(done).get('code')).toMatch(/^ey/);
  expect(client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none' }))).get('code')).toMatch(/^ey/);
});

test('a denied second factor ends the sign-in', async () => {
  const browser = aBrowser();
  await client.signIn('mfa@contoso.example', { browser, changes: { prompt: 'login' } });
  expect(client.answerOf(await browser.press('factor', 'deny')).get('error_description')).toMatch(/^AADSTS500121:/);
});

test('a form of another site is refused', async () => {
  const visit = await aBrowser().visit(client.authorizeUrl());
  const body = new URLSearchParams({ flow: visit.$('input[name=flow]').attr('value') ?? '', account: analyst });
  for (const headers of [
    { origin: 'http://evil.example' },
    { origin: 'http://localhost:3000' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ]) {
    const response = await fetch(`${lab.url}/organizations/login`, { method: 'POST', body, headers, redirect: 'manual' });
    expect(response.status).toBe(403);
  }
});

test('a form without its sealed state, or with one of another kind, is refused', async () => {
  const code = await client.codeFor(analyst);
  for (const flow of ['', 'x', code]) {
    const response = await fetch(`${lab.url}/organizations/login`, {
      method: 'POST',
      body: new URLSearchParams({ flow, account: analyst }),
      redirect: 'manual',
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('AADSTS9002313')]);
  }
});

test('the account page lists every account as a button, and works without a script', async () => {
  const visit = await aBrowser().visit(client.authorizeUrl());
  const names = visit
    .$('button[name=account]')
    .map((_index, button) => visit.$(button).attr('value'))
    .get();
  expect(names).toEqual(expect.arrayContaining([analyst, 'admin@contoso.example', 'analyst@fabrikam.example', 'admin@fabrikam.example']));
  expect(visit.$('script').length).toBe(0);
  expect(visit.$('html').attr('lang')).toBe('en');
  expect(visit.text).not.toMatch(/style=|onclick=/);
});
