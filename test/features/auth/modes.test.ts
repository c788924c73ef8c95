import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { standingGate } from '../../../src/features/auth/standing-gate';
import { requireSignIn, signedInUser } from '../../../src/http/current-user';
import { arrive, cookieHeader } from '../../support/a-sign-in';
import { aSigningInApp, registeredAt, type SigningInApp, type SigningInOptions } from '../../support/a-signing-in-app';
import { anIdentityProvider, contosoPerson, type IdentityProvider } from '../../support/an-identity-provider';
import { aBrowser, type LabBrowser } from '../../support/lab-browser';

const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

let provider: IdentityProvider;
let app: SigningInApp | undefined;
const denied: string[] = [];

beforeAll(async () => {
  provider = await anIdentityProvider();
});
beforeEach(() => {
  denied.length = 0;
  provider.bend.claims = (claims) => claims;
  provider.bend.token = (body) => body;
});
afterEach(() => app?.close());
afterAll(() => provider.close());

const start = async (options: Partial<SigningInOptions> = {}): Promise<SigningInApp> => {
  app = await aSigningInApp({
    identity: () => registeredAt(provider.url),
    features: () => [
      Router().use(
        standingGate({
          baseUrl: 'https://quarry.example',
          redirectUris: ['https://quarry.example/auth/redirect', 'https://quarry.example/connect/done'],
          disconnectedAt: () => Promise.resolve(undefined),
          report: ({ error }) => denied.push(error.code),
        }),
      ),
      Router()
        .get('/secret{/:more}', requireSignIn, (req, res) => void res.json(signedInUser(req)))
        .post('/secret', (_req, res) => void res.send('done')),
    ],
    ...options,
  });
  return app;
};

const sessions = (at: SigningInApp): Promise<number> => at.stores.sessions.count();

describe('an installation for one organization', () => {
  it('lets its people in, and tells others why not, without a session', async () => {
    const own = await start({ tenant: contosoPerson.tid, allowedTenants: [contosoPerson.tid] });
    expect((await arrive(own, provider, { person: contosoPerson })).status).toBe(303);
    const other = { ...contosoPerson, tid: randomUUID(), oid: randomUUID() };
    const visit = await arrive(own, provider, { person: other });
    expect(visit.status).toBe(403);
    expect(visit.$('main').text()).toContain('serves another organization');
    expect(await sessions(own)).toBe(1);
    expect(own.events).toContainEqual({ action: 'sign-in-refused', code: 'id-token-tenant-other' });
  });
});

describe('a personal account', () => {
  it('is told why not, whatever the mode', async () => {
    const open = await start();
    const visit = await arrive(open, provider, { person: { ...contosoPerson, tid: personal } });
    expect(visit.status).toBe(403);
    expect(visit.$('main').text()).toContain('That is a personal Microsoft account. It belongs to no organization');
    expect(visit.$('main a.button').attr('href')).toContain('prompt=select_account');
    expect(await sessions(open)).toBe(0);
  });

  it('is told so as well where the identity service says it', async () => {
    const open = await start();
    const browser = aBrowser();
    const left = await browser.visit(`${open.baseUrl}/auth/signin`);
    const { state, redirectUri } = provider.authorize(left.location ?? '', contosoPerson);
    const query = new URLSearchParams({
      state,
      error: 'access_denied',
      error_description: 'AADSTS500208: The domain is not a valid login domain for the account type.',
    });
    const visit = await browser.visit(`${redirectUri}?${query.toString()}`);
    expect(visit.status).toBe(403);
    expect(visit.$('main').text()).toContain('personal Microsoft account');
  });
});

describe('somebody of an organization that is not connected', () => {
  const enter = async (at: SigningInApp): Promise<LabBrowser> => {
    // The sign-in brings no permission of hunting's: nobody of the organization has agreed to it.
    provider.bend.token = (body) => ({ ...body, scope: 'openid profile' });
    const browser = aBrowser();
    await arrive(at, provider, { person: contosoPerson, browser });
    return browser;
  };

  it('sees how to connect it, on every page, and nothing else', async () => {
    const open = await start();
    const browser = await enter(open);
    expect(await sessions(open)).toBe(1);
    for (const path of ['/', '/secret', '/secret/more', '/no-such-page', '/tenants', '/hunting']) {
      const page = await browser.visit(`${open.baseUrl}${path}`);
      expect([path, page.status, page.$('h1').text()]).toEqual([path, 403, 'contoso.example is not connected']);
      expect(page.$('#connect-link').attr('value')).toBe(`https://quarry.example/connect?organization=${contosoPerson.tid}`);
      expect(page.$('nav.main-nav a').length).toBe(0);
    }
    expect(denied).toHaveLength(6);
    const headers = { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin' };
    const posted = await fetch(`${open.baseUrl}/secret`, { method: 'POST', headers });
    expect([posted.status, await posted.text()]).toEqual([403, expect.not.stringContaining('done')]);
    const asked = await fetch(`${open.baseUrl}/secret/x.json`, { headers });
    expect([asked.status, ((await asked.json()) as { error: { code: string } }).error.code]).toEqual([403, 'not-connected']);
  });

  it('may connect it, sign in anew and sign out', async () => {
    const open = await start();
    const browser = await enter(open);
    expect((await browser.visit(`${open.baseUrl}/connect`)).status).toBe(200);
    expect((await browser.visit(`${open.baseUrl}/auth/signin`)).status).toBe(303);
    expect((await browser.visit(`${open.baseUrl}/auth/signed-out`)).status).toBe(200);
  });

  it('is offered to connect it where they administer it', async () => {
    provider.bend.claims = (claims) => ({ ...claims, wids: [globalAdministrator] });
    const open = await start();
    const page = await (await enter(open)).visit(`${open.baseUrl}/`);
    expect(page.$('a.button.primary').attr('href')).toBe(`/connect?organization=${contosoPerson.tid}`);
    expect(page.$('a.button.primary').text()).toBe('Connect contoso.example');
  });
});

describe('where an organization assigns no roles and the operator gives none', () => {
  it('people see who can give them one', async () => {
    const closed = await start({ unassigned: 'none' });
    const browser = aBrowser();
    await arrive(closed, provider, { person: contosoPerson, browser });
    const page = await browser.visit(`${closed.baseUrl}/secret`);
    expect([page.status, page.$('h1').text()]).toEqual([403, 'You have no role in contoso.example']);
    expect(page.$('main').text()).toContain('Enterprise applications');
    expect(denied).toEqual(['no-role']);
  });
});
