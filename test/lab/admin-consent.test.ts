import { decodeJwt } from 'jose';
import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId, fabrikamId } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
beforeEach(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
});
afterEach(() => lab.stop());

const done = 'http://localhost:3000/connect/done';
const everything = 'https://graph.microsoft.com/.default';
const consentUrl = (changes: Record<string, string | undefined> = {}, authority = 'organizations'): string => {
  const parameters = Object.entries({ client_id: lab.clientId, redirect_uri: done, scope: everything, state: 'state-9', ...changes });
  return `${lab.url}/${authority}/v2.0/adminconsent?${new URLSearchParams(parameters.filter((entry): entry is [string, string] => entry[1] !== undefined))}`;
};

test('an administrator connects the organization, and its people are not asked any more', async () => {
  const before = await client.signIn('analyst@fabrikam.example');
  expect(before.$('h1').text()).toBe('Need admin approval');

  const browser = aBrowser();
  await browser.visit(consentUrl());
  const page = await browser.press('account', 'admin@fabrikam.example');
  expect(page.$('main').text()).toContain('Run hunting queries');
  expect(page.$('.tag').length).toBeGreaterThan(3);
  const answer = client.answerOf(await browser.press('consent', 'accept'));
  expect(Object.fromEntries(answer)).toEqual({ admin_consent: 'True', tenant: fabrikamId, scope: expect.any(String), state: 'state-9' });
  expect(answer.get('scope')?.split(' ')).toContain('https://graph.microsoft.com/ThreatHunting.Read.All');

  const after = aBrowser();
  await after.visit(client.authorizeUrl());
  const { body } = await client.redeem(client.answerOf(await after.press('account', 'analyst@fabrikam.example')).get('code') ?? '');
  expect(decodeJwt(String(body.id_token)).tid).toBe(fabrikamId);
  const app = await client.token({ grant_type: 'client_credentials', scope: everything }, fabrikamId);
  expect(decodeJwt(String(app.body.access_token)).roles).toContain('ThreatHunting.Read.All');
});

test('the administrator who consented is signed in, and proves the tenant without another page', async () => {
  const browser = aBrowser();
  await browser.visit(consentUrl({}, fabrikamId));
  await browser.press('account', 'admin@fabrikam.example');
  await browser.press('consent', 'accept');
  const answer = client.answerOf(await browser.visit(client.authorizeUrl({ prompt: 'none' }, fabrikamId)));
  const { body } = await client.redeem(answer.get('code') ?? '', {}, fabrikamId);
  expect(decodeJwt(String(body.id_token))).toMatchObject({ tid: fabrikamId, preferred_username: 'admin@fabrikam.example' });
});

test('declining answers with an error beside admin_consent=True', async () => {
  const browser = aBrowser();
  await browser.visit(consentUrl());
  await browser.press('account', 'admin@fabrikam.example');
  const answer = client.answerOf(await browser.press('consent', 'deny'));
  expect(Object.fromEntries(answer)).toEqual({
    admin_consent: 'True',
    error: 'consent_required',
    error_description: expect.stringMatching(/^AADSTS65004: /),
    state: 'state-9',
  });
  expect(lab.grants.of).toBeDefined();
  expect((await client.signIn('analyst@fabrikam.example')).$('h1').text()).toBe('Need admin approval');
});

test.each<[string, string, number, string?]>([
  ['an analyst', 'analyst@fabrikam.example', 90093],
  ['a guest of another tenant', 'analyst@contoso.example', 90093, fabrikamId],
  ['the administrator of another tenant', 'admin@contoso.example', 50020, fabrikamId],
  ['a disabled account', 'disabled@contoso.example', 50057],
])('%s cannot consent for the organization', async (_who, username, code, authority = 'organizations') => {
  const browser = aBrowser();
  await browser.visit(consentUrl({}, authority));
  const visit = await browser.press('account', username);
  expect([visit.status, visit.location, visit.$('.facts dd').first().text()]).toEqual([400, undefined, `AADSTS${code}`]);
});

test.each<[string, number, Record<string, string | undefined>, string?]>([
  ['no client', 900144, { client_id: undefined }],
  ['an unknown client', 700016, { client_id: contosoId }],
  ['an unknown redirect URI', 50011, { redirect_uri: 'http://localhost:3000/else' }],
  ['no scope', 900144, { scope: undefined }],
  ['an unknown scope', 70011, { scope: 'https://graph.microsoft.com/Magic' }],
  [
    '.default of one resource beside a named scope of another',
    70011,
    { scope: `${everything} https://api.security.microsoft.com/AdvancedHunting.Read` },
  ],
  ['common', 9001023, {}, 'common'],
  ['an unknown tenant', 90002, {}, 'nobody.example'],
])('shows the fault of a request with %s', async (_what, code, changes, authority = 'organizations') => {
  const visit = await aBrowser().visit(consentUrl(changes, authority));
  expect([visit.status, visit.location, visit.$('.facts dd').first().text()]).toEqual([400, undefined, `AADSTS${code}`]);
});

test('named scopes grant those alone, and nothing to the app itself', async () => {
  const browser = aBrowser();
  await browser.visit(consentUrl({ scope: 'https://graph.microsoft.com/ThreatHunting.Read.All' }));
  await browser.press('account', 'admin@fabrikam.example');
  const answer = client.answerOf(await browser.press('consent', 'accept'));
  expect(answer.get('scope')).toBe('https://graph.microsoft.com/ThreatHunting.Read.All');
  const app = await client.token({ grant_type: 'client_credentials', scope: everything }, fabrikamId);
  expect(decodeJwt(String(app.body.access_token)).roles).toBeUndefined();
  const visit = await client.signIn('analyst@fabrikam.example', {
    changes: { scope: 'openid https://graph.microsoft.com/SecurityAlert.Read.All' },
  });
  expect(visit.$('h1').text()).toBe('Need admin approval');
});

test('a withdrawn consent ends what it allowed', async () => {
  const { body } = await client.redeem(await client.codeFor('analyst@contoso.example'));
  expect((await fetch(`${lab.url}/lab/consents/contoso.example`, { method: 'DELETE' })).status).toBe(204);
  const renewed = await client.token({
    grant_type: 'refresh_token',
    refresh_token: String(body.refresh_token),
    scope: 'https://graph.microsoft.com/ThreatHunting.Read.All',
  });
  expect(renewed.body).toMatchObject({ error: 'invalid_grant', suberror: 'consent_required', error_codes: [65001] });
  const app = await client.token({ grant_type: 'client_credentials', scope: everything }, contosoId);
  expect(app.body.error_codes).toEqual([7000229]);

  // What people had granted for themselves went with it: after a new consent of that API alone they are asked again.
  lab.grants.grantTenant(
    { id: contosoId, key: 'contoso', name: 'Contoso', domain: 'contoso.example', connected: true },
    { delegated: ['graph/ThreatHunting.Read.All'], application: [] },
  );
  const asked = aBrowser();
  await asked.visit(client.authorizeUrl());
  expect((await asked.press('account', 'analyst@contoso.example')).$('h1').text()).toBe('Permissions requested');
});

const named = 'https://graph.microsoft.com/ThreatHunting.Read.All';

test.each([
  ['with the way to sign in', `openid profile offline_access ${named}`, ['openid', 'profile', 'offline_access', 'ThreatHunting.Read.All']],
  ['by themselves', named, ['openid', 'profile', 'offline_access', 'ThreatHunting.Read.All']],
  [
    'of two services',
    `openid ${named} https://api.securitycenter.microsoft.com/Ti.ReadWrite`,
    ['openid', 'ThreatHunting.Read.All', 'Ti.ReadWrite'],
  ],
])('the page lists exactly the named scopes that were asked %s', async (_how, scope, listed) => {
  const browser = aBrowser();
  await browser.visit(consentUrl({ scope }));
  const page = await browser.press('account', 'admin@fabrikam.example');
  const names = page
    .$('.scopes code')
    .toArray()
    .map((code) => page.$(code).text());
  expect(names).toEqual(listed);
});

test('the ledger of calls knows whose consent was asked and given', async () => {
  const browser = aBrowser();
  await browser.visit(consentUrl({}, 'fabrikam.example'));
  await browser.press('account', 'admin@fabrikam.example');
  await browser.press('consent', 'accept');
  const calls = (await (await fetch(`${lab.url}/lab/calls`)).json()) as { method: string; path: string; tenant: string; status: number }[];
  const asked = calls.filter(({ path }) => path.endsWith('/v2.0/adminconsent'));
  expect(asked.map(({ method, tenant, status }) => [method, tenant, status])).toEqual([
    ['GET', fabrikamId, 200],
    ['POST', null, 200],
    ['POST', fabrikamId, 302],
  ]);
});

test('an organization without the licence answers an administrator who accepts with AADSTS650052, and grants nothing', async () => {
  const drill = { service: 'identity', fault: 'licence', tenant: 'fabrikam.example' };
  const arm = (body: unknown) =>
    fetch(`${lab.url}/lab/drills`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect((await arm({ ...drill, service: 'hunting' })).status).toBe(400);
  expect((await arm(drill)).status).toBe(201);
  const browser = aBrowser();
  await browser.visit(consentUrl());
  await browser.press('account', 'admin@fabrikam.example');
  const answer = client.answerOf(await browser.press('consent', 'accept'));
  expect(Object.fromEntries(answer)).toMatchObject({ admin_consent: 'True', error_description: expect.stringMatching(/^AADSTS650052: /) });
  expect((await client.signIn('analyst@fabrikam.example')).$('h1').text()).toBe('Need admin approval');
  await arm({ ...drill, tenant: 'contoso.example' });
  const { body } = await client.redeem(await client.codeFor('analyst@contoso.example'), {}, contosoId);
  expect(body).toMatchObject({ error_codes: [650052] });
});
