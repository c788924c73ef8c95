import { Router } from 'express';
import { requireSignIn, signedInUser, type SignedInUser, type TenantId } from '../../../src/http/current-user';
import type { Lab } from '../../../src/lab/server';
import { aSigningInApp, type SigningInApp } from '../../support/a-signing-in-app';
import { askConsent, connectAs } from '../../support/an-administrator';
import { aBrowser, type LabBrowser, type Visit } from '../../support/lab-browser';
import { walkAs } from '../../support/lab-walk';
import { aRunningLab, contosoId, fabrikamId, labSecret } from '../../support/running-lab';

let lab: Lab;
let quarry: SigningInApp;

beforeEach(async () => {
  quarry = await aSigningInApp({
    identity: async (baseUrl) => {
      lab = await aRunningLab({ LAB_REDIRECT_URIS: `${baseUrl}/auth/redirect,${baseUrl}/connect/done,${baseUrl}/` });
      return { authorityHost: lab.url, clientId: lab.clientId, clientSecret: labSecret };
    },
    features: () => [Router().get('/who', requireSignIn, (req, res) => void res.json(signedInUser(req)))],
  });
});

afterEach(async () => {
  await quarry.close();
  await lab.stop();
});

const signIn = async (browser: LabBrowser, account: string, path = '/who'): Promise<Visit> =>
  walkAs(browser, await browser.visit(`${quarry.baseUrl}${path}`), account);

const connect = (browser: LabBrowser, account: string, organization = ''): Promise<Visit> =>
  connectAs(browser, quarry.baseUrl, { account, organization });

describe('connecting an organization', () => {
  it('explains what is asked for and why before anything is asked', async () => {
    const page = await aBrowser().visit(`${quarry.baseUrl}/connect`);
    expect(page.status).toBe(200);
    expect(page.$('table').text()).toContain('ThreatHunting.Read.All');
    expect(page.$('main').text()).toContain('never with rights of its own');
  });

  it('takes an administrator from reading to a connected organization, proven by their sign-in', async () => {
    expect(await quarry.tenantsFound(fabrikamId)).toBeUndefined();
    const browser = aBrowser();
    const visit = await connect(browser, 'admin@fabrikam.example', 'fabrikam.example');
    expect(visit.url).toBe(`${quarry.baseUrl}/connect/connected?bundle=hunt`);
    expect(visit.$('tr[data-permission="ThreatHunting.Read.All"]').attr('data-state')).toBe('granted');
    const board = await browser.visit(`${quarry.baseUrl}/tenants`);
    const row = board.$(`#tenants tr[data-tenant="${fabrikamId}"]`);
    expect(row.attr('data-state')).toBe('works');
    expect(row.text()).toContain('fabrikam.example');
    const later = await signIn(aBrowser(), 'analyst@fabrikam.example');
    expect(JSON.parse(later.text)).toMatchObject({ tenantId: fabrikamId });
  });

  it('works without naming the organization', async () => {
    const visit = await connect(aBrowser(), 'admin@fabrikam.example');
    expect(visit.$('h1').text()).toBe('fabrikam.example is connected');
    expect(await quarry.tenantsFound(fabrikamId)).toMatchObject({ name: 'fabrikam.example' });
  });

  it('tells an analyst of an organization that is not connected what to do', async () => {
    const visit = await signIn(aBrowser(), 'analyst@fabrikam.example');
    expect(visit.url).not.toContain('/who');
    expect(await quarry.stores.sessions.count()).toBe(0);
  });

  it('lets an analyst act as a guest as soon as the customer is connected, and shows it to nobody else', async () => {
    const [analyst, colleague] = [aBrowser(), aBrowser()];
    await signIn(analyst, 'analyst@contoso.example');
    await signIn(colleague, 'admin@contoso.example');
    const before = await analyst.visit(`${quarry.baseUrl}/tenants.json`);
    expect(JSON.parse(before.text).tenants.map(({ tenantId }: { tenantId: string }) => tenantId)).toEqual([contosoId]);
    await connect(aBrowser(), 'admin@fabrikam.example');
    const after = await analyst.visit(`${quarry.baseUrl}/tenants.json`);
    expect(JSON.parse(after.text).tenants.map(({ tenantId }: { tenantId: string }) => tenantId)).toEqual([contosoId, fabrikamId]);
    const others = await colleague.visit(`${quarry.baseUrl}/tenants.json`);
    expect(JSON.parse(others.text).tenants.map(({ tenantId }: { tenantId: string }) => tenantId)).toEqual([contosoId]);
    const user = JSON.parse((await analyst.visit(`${quarry.baseUrl}/who`)).text) as SignedInUser;
    const token = await quarry.signIn.accessTokens.acquire({ user, tenantId: fabrikamId as TenantId, resource: 'graph' });
    expect(JSON.parse(Buffer.from(token.token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ tid: fabrikamId });
  });

  it('adds nobody else’s rights to a session', async () => {
    await connect(aBrowser(), 'admin@fabrikam.example');
    const browser = aBrowser();
    await signIn(browser, 'analyst@contoso.example');
    const away = await browser.visit(`${quarry.baseUrl}/auth/signin?tenant=${fabrikamId}&return_to=/who`);
    const other = new URL(away.location ?? '');
    other.searchParams.set('prompt', 'select_account');
    const visit = await walkAs(browser, await browser.visit(other.href), 'analyst@fabrikam.example');
    expect(visit.status).toBe(401);
    const listed = await browser.visit(`${quarry.baseUrl}/tenants.json`);
    expect(JSON.parse(listed.text).tenants[0]).toMatchObject({ tenantId: contosoId });
    expect(JSON.parse((await browser.visit(`${quarry.baseUrl}/who`)).text)).toMatchObject({ username: 'analyst@contoso.example' });
  });

  it('adds another tenant’s rights to a session without changing who it is', async () => {
    await connect(aBrowser(), 'admin@fabrikam.example');
    const browser = aBrowser();
    await signIn(browser, 'analyst@contoso.example');
    const visit = await walkAs(
      browser,
      await browser.visit(`${quarry.baseUrl}/auth/signin?tenant=fabrikam.example&return_to=/who`),
      'analyst@contoso.example',
    );
    expect(JSON.parse(visit.text)).toMatchObject({ tenantId: contosoId });
    expect(quarry.events).toContainEqual(expect.objectContaining({ action: 'sign-in', tenantId: fabrikamId, code: 'reach' }));
  });
});

describe('the answer of an administrator', () => {
  const departure = async (browser: LabBrowser): Promise<string> => {
    await browser.visit(`${quarry.baseUrl}/connect`);
    const response = await askConsent(browser, quarry.baseUrl, []);
    const url = new URL(response.headers.get('location') ?? '');
    expect(url.pathname).toBe('/organizations/v2.0/adminconsent');
    expect(url.searchParams.get('scope')).toBe('openid profile offline_access https://graph.microsoft.com/ThreatHunting.Read.All');
    return url.searchParams.get('state') ?? '';
  };
  const done = (browser: LabBrowser, answer: Record<string, string>) =>
    browser.visit(`${quarry.baseUrl}/connect/done?${new URLSearchParams(answer)}`);

  it('proves nothing by itself: a forged one only leads to that tenant’s sign-in', async () => {
    const browser = aBrowser();
    const state = await departure(browser);
    const visit = await done(browser, { admin_consent: 'True', tenant: fabrikamId, state });
    expect(visit.status).toBe(303);
    expect(new URL(visit.location ?? '').pathname).toBe(`/${fabrikamId}/oauth2/v2.0/authorize`);
    expect(await quarry.tenantsFound(fabrikamId)).toBeUndefined();
    const end = await walkAs(browser, await browser.visit(visit.location ?? ''), 'analyst@contoso.example');
    expect(end.url).not.toContain('/tenants');
    expect(await quarry.tenantsFound(fabrikamId)).toBeUndefined();
  });

  it('that has not arrived everywhere yet is told as such, with the way to go on', async () => {
    const browser = aBrowser();
    const state = await departure(browser);
    const leaving = await done(browser, { admin_consent: 'True', tenant: fabrikamId, state });
    const back = new URLSearchParams({
      error: 'access_denied',
      error_description: 'AADSTS65001: x',
      state: new URL(leaving.location ?? '').searchParams.get('state') ?? '',
    });
    const visit = await browser.visit(`${quarry.baseUrl}/auth/redirect?${back}`);
    expect(visit.status).toBe(403);
    expect(visit.$('main').text()).toContain('has not arrived everywhere yet');
    expect(visit.$('main a.button').attr('href')).toBe(
      `/auth/signin?tenant=${fabrikamId}&return_to=%2Fconnect%2Fconnected%3Fbundle%3Dhunt`,
    );
  });

  it.each([
    ['a state of nobody', () => ({ tenant: fabrikamId, state: 'x'.repeat(43) }), 400],
    ['no state', () => ({ tenant: fabrikamId }), 400],
    ['no tenant', (state: string) => ({ state }), 403],
    ['a tenant that is a path', (state: string) => ({ tenant: '../../evil', state }), 403],
    [
      'a refusal that says admin_consent=True',
      (state: string) => ({ admin_consent: 'True', error: 'consent_required', error_description: 'AADSTS65004: <b>x</b>', state }),
      403,
    ],
    [
      'somebody without the right to agree',
      (state: string) => ({ error: 'access_denied', error_description: 'AADSTS90093: x', state }),
      403,
    ],
  ])('with %s connects nothing and says what to do', async (_name, answer, status) => {
    const browser = aBrowser();
    const visit = await done(browser, answer(await departure(browser)) as unknown as Record<string, string>);
    expect(visit.status).toBe(status);
    expect(visit.$('main a.button')).toHaveLength(1);
    expect(visit.text).not.toMatch(/AADSTS|<b>x/);
  });

  it('works once, in this browser, and as nothing else', async () => {
    const browser = aBrowser();
    const state = await departure(browser);
    expect((await done(aBrowser(), { tenant: fabrikamId, state })).status).toBe(400);
    expect((await browser.visit(`${quarry.baseUrl}/auth/redirect?code=x&state=${state}`)).status).toBe(400);
    expect((await done(browser, { tenant: fabrikamId, state })).status).toBe(400);
  });

  it.each(['consumers', 'organizations', 'a b', '../x', 'http://evil.example', 'x'.repeat(300)])(
    'of no organization (%s) is asked for',
    async (organization) => {
      const response = await fetch(`${quarry.baseUrl}/connect`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ organization }),
      });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('aria-invalid="true"');
    },
  );
});
