import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { requireSignIn, signedInUser } from '../../../src/http/current-user';
import { arrive, cookieHeader, depart, returnAddress } from '../../support/a-sign-in';
import { aSigningInApp, registeredAt, type SigningInApp } from '../../support/a-signing-in-app';
import { anIdentityProvider, contosoPerson as person, type IdentityProvider } from '../../support/an-identity-provider';
import { aBrowser } from '../../support/lab-browser';

let provider: IdentityProvider;
let app: SigningInApp;
let clock = Date.now();

const pages = (): Router =>
  Router().get('/who{/:anything}', requireSignIn, (req, res) => {
    res.json(signedInUser(req));
  });

beforeAll(async () => {
  provider = await anIdentityProvider();
  app = await aSigningInApp({
    clock: () => clock,
    identity: () => registeredAt(provider.url),
    features: () => [pages()],
  });
});

beforeEach(() => {
  clock = Date.now();
  provider.calls.length = 0;
  provider.bend.claims = (claims) => claims;
});

afterAll(async () => {
  await app.close();
  await provider.close();
});

describe('leaving for the identity service', () => {
  it('asks for a code by query, with PKCE S256, a state and a nonce of their own each time', async () => {
    const [first, second] = await Promise.all([depart(app, aBrowser()), depart(app, aBrowser())]);
    const query = new URL(first).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      response_mode: 'query',
      code_challenge_method: 'S256',
      redirect_uri: `${app.baseUrl}/auth/redirect`,
      client_id: app.identity.clientId,
    });
    expect(query.get('scope')?.split(' ').sort()).toEqual([
      'https://graph.microsoft.com/ThreatHunting.Read.All',
      'offline_access',
      'openid',
      'profile',
    ]);
    expect(JSON.parse(query.get('claims') ?? '')).toMatchObject({ access_token: { xms_cc: { values: ['cp1'] } } });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(query.get(name)).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(new URL(second).searchParams.get(name)).not.toBe(query.get(name));
    }
  });

  it('goes where the discovery document says, whatever its paths are', async () => {
    const url = new URL(await depart(app, aBrowser()));
    expect(url.origin + url.pathname).toBe(`${provider.url}/organizations/auth`);
    const named = new URL(await depart(app, aBrowser(), `?tenant=${person.tid}&prompt=select_account`));
    expect(named.pathname).toBe(`/${person.tid}/auth`);
    expect(named.searchParams.get('prompt')).toBe('select_account');
  });

  it('is built from the configuration alone, whatever the request says about hosts', async () => {
    const response = await fetch(`${app.baseUrl}/auth/signin`, {
      redirect: 'manual',
      headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('redirect_uri')).toBe(`${app.baseUrl}/auth/redirect`);
  });

  it.each(['?tenant=consumers', '?tenant=..%2Fx', '?prompt=none', '?claims=W10', '?tenant=a.b&tenant=c.d'])('refuses %s', async (query) => {
    const visit = await aBrowser().visit(`${app.baseUrl}/auth/signin${query}`);
    expect(visit.status).toBe(400);
  });

  it('binds it to the browser by a cookie that scripts and other sites cannot use, and makes no session', async () => {
    const visit = await aBrowser().visit(`${app.baseUrl}/auth/signin`);
    expect(visit.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^quarry-signin=[\w-]{43}; Max-Age=600; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/),
    ]);
    expect(await app.stores.sessions.count()).toBe(0);
  });
});

describe('coming back', () => {
  it('redeems the code with its verifier and secret, starts a session under a new id and leaves a clean address', async () => {
    const browser = aBrowser();
    browser.jar.set('quarry', 's%3Aplanted-by-somebody.else');
    const visit = await arrive(app, provider, { person, browser, query: '?return_to=%2Fwho%3Fa%3Db' });
    expect([visit.status, visit.location]).toEqual([303, `${app.baseUrl}/who?a=b`]);
    expect(visit.headers.get('cache-control')).toBe('no-store');
    expect(browser.jar.get('quarry')).not.toContain('planted');
    const call = provider.calls[0];
    expect(Object.fromEntries(call?.form ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      client_secret: 'one of the tests',
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: `${app.baseUrl}/auth/redirect`,
    });
    expect(call?.path).toBe('/organizations/t/token');
    const who = await browser.visit(`${app.baseUrl}/who`);
    expect(JSON.parse(who.text)).toMatchObject({
      tenantId: person.tid,
      objectId: person.oid,
      name: 'Ana Lyst',
      tenantName: 'contoso.example',
    });
  });

  it('changes the session id at every sign-in, and the old one is dead', async () => {
    const browser = aBrowser();
    await arrive(app, provider, { person, browser });
    const old = cookieHeader(browser);
    await arrive(app, provider, { person: { ...person, oid: randomUUID() }, browser });
    const response = await fetch(`${app.baseUrl}/who`, { redirect: 'manual', headers: { cookie: old } });
    expect(response.status).toBe(303);
    expect((await browser.visit(`${app.baseUrl}/who`)).status).toBe(200);
  });

  it('lets several tabs sign in at once, each to its own page, in any order', async () => {
    const browser = aBrowser();
    const departures = [];
    for (const tab of [1, 2, 3])
      departures.push({ tab, ...provider.authorize(await depart(app, browser, `?return_to=/who/${tab}`), person) });
    for (const { tab, code, state, redirectUri } of departures.reverse()) {
      const visit = await browser.visit(returnAddress(redirectUri, { code, state }));
      expect(visit.location).toBe(`${app.baseUrl}/who/${tab}`);
    }
  });

  it('keeps five sign-ins a browser: the sixth makes the first start over', async () => {
    const browser = aBrowser();
    const departures = [];
    for (let tab = 0; tab < 6; tab += 1) {
      clock += 1;
      departures.push(provider.authorize(await depart(app, browser), person));
    }
    const statuses = [];
    for (const { code, state, redirectUri } of departures)
      statuses.push((await browser.visit(returnAddress(redirectUri, { code, state }))).status);
    expect(statuses).toEqual([400, 303, 303, 303, 303, 303]);
  });

  const refusals: Record<string, (answer: { code: string; state: string }) => string> = {
    'no state': ({ code }) => `code=${code}`,
    'an empty state': ({ code }) => `code=${code}&state=`,
    'a tampered state': ({ code, state }) => `code=${code}&state=${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`,
    'a longer state': ({ code, state }) => `code=${code}&state=${state}A`,
    'two states': ({ code, state }) => `code=${code}&state=${state}&state=${state}`,
    'two codes': ({ code, state }) => `code=${code}&code=another&state=${state}`,
    'a nested state': ({ code, state }) => `code=${code}&state[a]=${state}`,
    'nothing at all': () => '',
  };

  it.each(Object.entries(refusals))('refuses %s before any call is made', async (_name, query) => {
    const browser = aBrowser();
    const { code, state, redirectUri } = provider.authorize(await depart(app, browser), person);
    const before = await app.stores.sessions.count();
    const visit = await browser.visit(`${redirectUri}?${query({ code, state })}`);
    expect(visit.status).toBe(400);
    expect(visit.$('main a.button').attr('href')).toBe('/auth/signin');
    expect(provider.calls).toEqual([]);
    expect(await app.stores.sessions.count()).toBe(before);
  });

  it('refuses a replay, and the session it made stays', async () => {
    const browser = aBrowser();
    const { code, state, redirectUri } = provider.authorize(await depart(app, browser), person);
    const address = returnAddress(redirectUri, { code, state });
    expect((await browser.visit(address)).status).toBe(303);
    expect((await browser.visit(address)).status).toBe(400);
    expect(provider.calls).toHaveLength(1);
    expect((await browser.visit(`${app.baseUrl}/who`)).status).toBe(200);
  });

  it('refuses another browser, and its own can still finish', async () => {
    const [victim, attacker] = [aBrowser(), aBrowser()];
    const { code, state, redirectUri } = provider.authorize(await depart(app, victim), person);
    const address = returnAddress(redirectUri, { code, state });
    expect((await attacker.visit(address)).status).toBe(400);
    expect(provider.calls).toEqual([]);
    expect((await victim.visit(address)).status).toBe(303);
  });

  it('refuses an attacker’s own answer in a victim’s browser (login CSRF)', async () => {
    const [victim, attacker] = [aBrowser(), aBrowser()];
    await depart(app, victim);
    const { code, state, redirectUri } = provider.authorize(await depart(app, attacker), person);
    expect((await victim.visit(returnAddress(redirectUri, { code, state }))).status).toBe(400);
    expect(provider.calls).toEqual([]);
  });

  it('refuses swapped codes: each verifier opens its own code alone', async () => {
    const [one, two] = [aBrowser(), aBrowser()];
    const first = provider.authorize(await depart(app, one), person);
    const second = provider.authorize(await depart(app, two), person);
    const before = await app.stores.sessions.count();
    expect((await one.visit(returnAddress(first.redirectUri, { code: second.code, state: first.state }))).status).toBe(401);
    expect((await two.visit(returnAddress(second.redirectUri, { code: first.code, state: second.state }))).status).toBe(401);
    expect(await app.stores.sessions.count()).toBe(before);
  });

  it('refuses one that took longer than ten minutes', async () => {
    const browser = aBrowser();
    const { code, state, redirectUri } = provider.authorize(await depart(app, browser), person);
    clock += 10 * 60 * 1000 + 1;
    expect((await browser.visit(returnAddress(redirectUri, { code, state }))).status).toBe(400);
    expect(provider.calls).toEqual([]);
  });

  it('takes nothing else of the address: no host, no account, no tenant', async () => {
    const browser = aBrowser();
    const { code, state, redirectUri } = provider.authorize(await depart(app, browser), person);
    provider.requests.length = 0;
    const extras = {
      client_info: 'eyJ1aWQiOiJ4In0',
      cloud_instance_host_name: 'login.evil.example',
      session_state: 'x',
      tenant: 'evil',
      nonce: 'x',
      cloud_graph_host_name: 'evil.example',
    };
    expect((await browser.visit(returnAddress(redirectUri, { code, state, ...extras }))).status).toBe(303);
    expect(provider.calls[0]?.path).toBe('/organizations/t/token');
    expect([...(provider.calls[0]?.form.keys() ?? [])]).not.toContain('cloud_instance_host_name');
  });

  it.each([
    ['that is ours', () => `${provider.url}/${person.tid}/v2.0`, 303],
    ['of another host', () => `https://evil.example/${person.tid}/v2.0`, 401],
    ['without a tenant', () => `${provider.url}/v2.0`, 401],
  ])('checks an issuer in the answer %s (RFC 9207)', async (_name, iss, status) => {
    const browser = aBrowser();
    const { code, state, redirectUri } = provider.authorize(await depart(app, browser), person);
    expect((await browser.visit(returnAddress(redirectUri, { code, state, iss: iss() }))).status).toBe(status);
    expect(provider.calls).toHaveLength(status === 303 ? 1 : 0);
  });

  it('does not restart the session of somebody who followed a link on another site', async () => {
    const browser = aBrowser();
    await arrive(app, provider, { person, browser });
    const response = await fetch(`${app.baseUrl}/auth/signin?return_to=/who`, {
      redirect: 'manual',
      headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'cross-site' },
    });
    expect(response.headers.get('location')).toBe('/who');
  });

  it('keeps people apart who share every display name', async () => {
    const [one, two] = [aBrowser(), aBrowser()];
    await arrive(app, provider, { person, browser: one });
    await arrive(app, provider, { person: { ...person, tid: '33333333-cccc-4ccc-8ccc-333333333333', oid: randomUUID() }, browser: two });
    const [a, b] = await Promise.all([one.visit(`${app.baseUrl}/who`), two.visit(`${app.baseUrl}/who`)]);
    expect(JSON.parse(a.text).username).toBe(JSON.parse(b.text).username);
    expect(JSON.parse(a.text).tenantId).not.toBe(JSON.parse(b.text).tenantId);
  });

  it('shows hostile names harmlessly and never sends people off the site', async () => {
    const browser = aBrowser();
    const hostile = { ...person, name: '<script>alert(1)</script>', preferred_username: '"><img src=x onerror=alert(1)>@<b>' };
    const visit = await arrive(app, provider, { person: hostile, browser, query: '?return_to=%2F..%2F%2Fevil.example' });
    expect(visit.location).toBe(`${app.baseUrl}/`);
    const page = await browser.visit(`${app.baseUrl}/no-such-page`);
    expect(page.text).not.toContain('<script>alert');
    expect(page.$('[onerror]')).toHaveLength(0);
  });
});

describe('other installations', () => {
  it('take the redirect on whatever path REDIRECT_URI names', async () => {
    const odd = await aSigningInApp({
      redirectPath: '/a.b/:c(d)*/callback',
      identity: () => registeredAt(provider.url),
    });
    expect((await arrive(odd, provider, { person })).status).toBe(303);
    expect((await aBrowser().visit(`${odd.baseUrl}/auth/redirect?code=x&state=y`)).status).toBe(404);
    await odd.close();
  });

  it('with https mark both cookies for this host alone', async () => {
    const safe = await aSigningInApp({
      secure: true,
      identity: () => registeredAt(provider.url),
    });
    const browser = aBrowser();
    const visit = await arrive(safe, provider, { person, browser });
    expect(visit.headers.getSetCookie().join()).toMatch(/^__Host-quarry=.*Path=\/.*HttpOnly.*Secure.*SameSite=Lax/i);
    expect(browser.jar.has('__Host-quarry-signin')).toBe(true);
    await safe.close();
  });

  it('with a list of tenants let in nobody else, and keep no session of them', async () => {
    const closed = await aSigningInApp({
      allowedTenants: [randomUUID()],
      identity: () => registeredAt(provider.url),
    });
    const visit = await arrive(closed, provider, { person });
    expect(visit.status).toBe(403);
    expect(visit.$('main').text()).toContain('not among those that this Quarry serves');
    expect(await closed.stores.sessions.count()).toBe(0);
    // Their own token has proved who they are: their organization, where it is known here, reads of it.
    expect(closed.events).toEqual([{ action: 'sign-in-refused', tenantId: person.tid, objectId: person.oid, code: 'tenant-not-served' }]);
    await closed.close();
  });

  it('that are refused tell of nobody whom only an address names, and of whoever is signed in already', async () => {
    const browser = aBrowser();
    const told = () => app.events.at(-1);
    const refused = async (query: string): Promise<void> => {
      const { state, redirectUri } = provider.authorize(await depart(app, browser, query), person);
      const answer = { state, error: 'access_denied', error_description: 'AADSTS53003: blocked' };
      expect((await browser.visit(returnAddress(redirectUri, answer))).status).toBe(403);
    };
    const elsewhere = randomUUID();
    await refused(`?tenant=${elsewhere}`);
    expect(told()).toEqual({ action: 'sign-in-refused', code: 'entra-53003' });
    await arrive(app, provider, { person, browser });
    await refused(`?tenant=${elsewhere}`);
    expect(told()).toEqual({ action: 'sign-in-refused', tenantId: person.tid, objectId: person.oid, code: 'entra-53003' });
    await refused('');
    expect(told()).toEqual({ action: 'sign-in-refused', code: 'entra-53003' });
  });

  it('work with a provider that has one issuer and no authority by tenant', async () => {
    const single = await anIdentityProvider({ issuer: 'single' });
    const other = await aSigningInApp({
      identity: () => registeredAt(single.url),
      features: () => [pages()],
    });
    const browser = aBrowser();
    expect((await arrive(other, single, { person, browser })).status).toBe(303);
    const user = JSON.parse((await browser.visit(`${other.baseUrl}/who`)).text);
    const renewed = await other.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph', forceRefresh: true });
    expect(renewed.token).toMatch(/^at-/);
    const out = await fetch(`${other.baseUrl}/auth/signout`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin' },
    });
    expect(out.headers.get('location')).toContain(`${single.url}/op/session/end?`);
    await other.close();
    await single.close();
  });
});
