import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { requireSignIn } from '../../../src/http/current-user';
import { KeptText } from '../../../src/http/session-store';
import { arrive, cookieHeader } from '../../support/a-sign-in';
import { aSigningInApp, type SigningInApp } from '../../support/a-signing-in-app';
import { anIdentityProvider, contosoPerson as person, type IdentityProvider } from '../../support/an-identity-provider';
import { aBrowser, type LabBrowser } from '../../support/lab-browser';

let provider: IdentityProvider;
let app: SigningInApp;
let holdPage: Promise<void> | undefined;
let onSlow = (): void => undefined;

const pages = (): Router =>
  Router()
    .get('/who', requireSignIn, (_req, res) => void res.send('you'))
    .get('/slow', requireSignIn, async (req, res) => {
      req.session.kept = new KeptText(JSON.stringify({ ...(JSON.parse(req.session.kept?.text ?? '{}') as object), touched: randomUUID() }));
      onSlow();
      await holdPage;
      res.send('slow');
    });

beforeAll(async () => {
  provider = await anIdentityProvider();
  app = await aSigningInApp({
    identity: () => ({ authorityHost: provider.url, clientId: randomUUID(), clientSecret: 'one of the tests' }),
    features: () => [pages()],
  });
});

beforeEach(() => {
  provider.bend.down = false;
  provider.bend.claims = (claims) => ({ ...claims, sid: 'the-provider-session', login_hint: 'opaque hint+/=' });
});

afterAll(async () => {
  await app.close();
  await provider.close();
});

const signedIn = async (): Promise<LabBrowser> => {
  const browser = aBrowser();
  expect((await arrive(app, provider, { person, browser })).status).toBe(303);
  return browser;
};

const signOut = (browser: LabBrowser, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) =>
  fetch(`${app.baseUrl}/auth/signout`, { method: 'POST', redirect: 'manual', headers: { cookie: cookieHeader(browser), ...headers } });

const isSignedIn = async (browser: LabBrowser): Promise<boolean> => (await browser.visit(`${app.baseUrl}/who`)).status === 200;

describe('signing out', () => {
  it('ends the session here first, then at the identity service, with hints of whom', async () => {
    const browser = await signedIn();
    const response = await signOut(browser);
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe(`${provider.url}/${person.tid}/session/end`);
    expect(location.searchParams.get('post_logout_redirect_uri')).toBe(`${app.baseUrl}/`);
    expect(location.searchParams.get('logout_hint')).toBe('opaque hint+/=');
    expect(location.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3);
    expect(response.headers.get('clear-site-data')).toContain('"cache"');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('works while the identity service is away', async () => {
    const browser = await signedIn();
    provider.bend.down = true;
    const response = await signOut(browser);
    expect(response.status).toBe(303);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('ends on a page of ours where the provider has no sign-out', async () => {
    const plain = await anIdentityProvider();
    plain.bend.discovery = ({ end_session_endpoint: _endpoint, ...document }) => document;
    const other = await aSigningInApp({
      identity: () => ({ authorityHost: plain.url, clientId: randomUUID(), clientSecret: 'one of the tests' }),
    });
    const browser = aBrowser();
    await arrive(other, plain, { person, browser });
    const response = await fetch(`${other.baseUrl}/auth/signout`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin' },
    });
    expect(response.headers.get('location')).toBe('/auth/signed-out');
    expect((await browser.visit(`${other.baseUrl}/auth/signed-out`)).$('h1').text()).toContain('signed out');
    await other.close();
    await plain.close();
  });

  it.each([[{ 'sec-fetch-site': 'cross-site' }], [{ 'sec-fetch-site': 'same-site' }], [{ origin: 'https://evil.example' }], [{}]])(
    'is refused from elsewhere (%j), and the session stays',
    async (headers) => {
      const browser = await signedIn();
      expect((await signOut(browser, headers as Record<string, string>)).status).toBe(403);
      expect(await isSignedIn(browser)).toBe(true);
    },
  );

  it('is no GET', async () => {
    const browser = await signedIn();
    expect((await browser.visit(`${app.baseUrl}/auth/signout`)).status).toBe(404);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('is final against a slow request that writes its session afterwards', async () => {
    const browser = await signedIn();
    let release = (): void => undefined;
    holdPage = new Promise((resolve) => (release = resolve));
    const arrived = new Promise<void>((resolve) => (onSlow = resolve));
    const slow = fetch(`${app.baseUrl}/slow`, { headers: { cookie: cookieHeader(browser) } });
    await arrived;
    await signOut(browser);
    release();
    expect((await slow).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
    const response = await fetch(`${app.baseUrl}/who`, { redirect: 'manual', headers: { cookie: cookieHeader(browser) } });
    expect(response.status).toBe(303);
  });
});

describe('front-channel sign-out', () => {
  const frontChannel = (query: string) => fetch(`${app.baseUrl}/auth/frontchannel-logout${query}`);

  it('ends the session that the identity service names, without a cookie', async () => {
    const browser = await signedIn();
    const response = await frontChannel(`?sid=the-provider-session&iss=${encodeURIComponent(`${provider.url}/${person.tid}/v2.0`)}`);
    expect(response.status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
    const ended = { action: 'session-ended', tenantId: person.tid, objectId: person.oid, code: 'front-channel' };
    expect(app.events.slice(-1)).toEqual([ended]);
  });

  it('does so when it does not say who it is', async () => {
    const browser = await signedIn();
    await frontChannel('?sid=the-provider-session');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it.each([
    ['an unknown sid', '?sid=another'],
    ['no sid', ''],
    ['two sids', '?sid=the-provider-session&sid=the-provider-session'],
    ['the issuer of another host', '?sid=the-provider-session&iss=https%3A%2F%2Fevil.example'],
    ['a sid that is too long', `?sid=${'x'.repeat(300)}`],
  ])('answers %s alike, and nobody is signed out', async (_name, query) => {
    const browser = await signedIn();
    const before = app.events.length;
    const response = await frontChannel(query);
    expect([response.status, await response.text()]).toEqual([200, 'Signed out.\n']);
    expect(await isSignedIn(browser)).toBe(true);
    expect(app.events).toHaveLength(before);
  });

  it('does not reach the session of another tenant', async () => {
    const browser = await signedIn();
    await frontChannel(`?sid=the-provider-session&iss=${encodeURIComponent(`${provider.url}/${randomUUID()}/v2.0`)}`);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('may be framed by the identity service, and no other page may', async () => {
    const { headers } = await frontChannel('?sid=x');
    expect(headers.get('content-security-policy')).toBe(`default-src 'none'; frame-ancestors ${provider.url}`);
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('cache-control')).toContain('no-store');
    const page = await fetch(`${app.baseUrl}/auth/signed-out`);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  });
});
