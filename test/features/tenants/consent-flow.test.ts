import { Router } from 'express';
import { requireSignIn, signedInUser, type SignedInUser, type TenantId } from '../../../src/http/current-user';
import type { Lab } from '../../../src/lab/server';
import { askConsent, connectAs } from '../../support/an-administrator';
import { aSigningInApp, type SigningInApp } from '../../support/a-signing-in-app';
import { aBrowser, type LabBrowser, type Visit } from '../../support/lab-browser';
import { walkAs } from '../../support/lab-walk';
import { aRunningLab, contosoId, fabrikamId, labSecret } from '../../support/running-lab';

const admin = 'admin@fabrikam.example';

let lab: Lab;
let quarry: SigningInApp;
let later: number;

beforeEach(async () => {
  later = 0;
  quarry = await aSigningInApp({
    identity: async (baseUrl) => {
      lab = await aRunningLab({ LAB_REDIRECT_URIS: `${baseUrl}/auth/redirect,${baseUrl}/connect/done,${baseUrl}/` });
      return { authorityHost: lab.url, clientId: lab.clientId, clientSecret: labSecret };
    },
    features: () => [Router().get('/who', requireSignIn, (req, res) => void res.json(signedInUser(req)))],
    clock: () => Date.now() + later,
  });
});

afterEach(async () => {
  await quarry.close();
  await lab.stop();
});

const connect = (browser: LabBrowser, bundles: readonly string[] = ['hunt']): Promise<Visit> =>
  connectAs(browser, quarry.baseUrl, { account: admin, organization: 'fabrikam.example', bundles });

const stateOf = (visit: Visit, permission: string): string | undefined => visit.$(`tr[data-permission="${permission}"]`).attr('data-state');

const userOf = async (browser: LabBrowser): Promise<SignedInUser> =>
  JSON.parse((await browser.visit(`${quarry.baseUrl}/who`)).text) as SignedInUser;

const board = (browser: LabBrowser): Promise<Visit> => browser.visit(`${quarry.baseUrl}/tenants`);

const drill = (body: Record<string, unknown>): Promise<Response> =>
  fetch(`${lab.url}/lab/drills`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Asks in this browser, and gives the address at the identity service. */
const departure = async (browser: LabBrowser, fields: readonly (readonly [string, string])[] = []): Promise<URL> =>
  new URL((await askConsent(browser, quarry.baseUrl, fields)).headers.get('location') ?? '');

const done = (browser: LabBrowser, answer: Record<string, string>): Promise<Visit> =>
  browser.visit(`${quarry.baseUrl}/connect/done?${new URLSearchParams(answer)}`);

const stateIn = (url: URL): string => url.searchParams.get('state') ?? '';

describe('reading the connect page', () => {
  it('leaves nothing behind: no cookie and no session', async () => {
    const page = await aBrowser().visit(`${quarry.baseUrl}/connect?organization=fabrikam.example&bundle=hunt`);
    expect(page.status).toBe(200);
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(await quarry.stores.sessions.count()).toBe(0);
    expect(page.$('#organization').val()).toBe('fabrikam.example');
    expect(page.$('#share')).toHaveLength(0);
    expect(page.text).not.toContain(contosoId);
  });

  it('offers people who are signed in a link to send', async () => {
    const browser = aBrowser();
    await walkAs(browser, await browser.visit(`${quarry.baseUrl}/who`), 'analyst@contoso.example');
    const page = await browser.visit(`${quarry.baseUrl}/connect`);
    expect(page.$('input#share[readonly]').val()).toBe(`${quarry.baseUrl}/connect?organization=${contosoId}&bundle=hunt`);
  });

  it.each([
    'organization=%3Cscript%3Ealert(1)%3C/script%3E',
    'organization=a.example&organization=b.example',
    'bundle=%3Cimg%20src=x%20onerror=alert(1)%3E&bundle=__proto__',
    'organization=%E2%80%AEcontoso.example',
    `organization=${'x'.repeat(300)}`,
    '__proto__[x]=1&constructor=2',
  ])('stays harmless with %s', async (query) => {
    const page = await aBrowser().visit(`${quarry.baseUrl}/connect?${query}`);
    expect(page.status).toBe(200);
    expect(page.$('script:not([src])')).toHaveLength(0);
    expect(page.$('[onerror]')).toHaveLength(0);
    expect(page.$('form[action="/connect"] button[type=submit]')).toHaveLength(1);
  });
});

describe('consent', () => {
  it('is asked for exactly what was chosen, of exactly the organization that was named', async () => {
    const url = await departure(aBrowser(), [
      ['organization', 'fabrikam.example'],
      ['bundle', 'hunt'],
      ['bundle', 'indicators'],
    ]);
    expect(url.pathname).toBe('/fabrikam.example/v2.0/adminconsent');
    expect(url.searchParams.get('scope')?.split(' ')).toEqual([
      'openid',
      'profile',
      'offline_access',
      'https://graph.microsoft.com/ThreatHunting.Read.All',
      'https://api.securitycenter.microsoft.com/Ti.ReadWrite',
    ]);
    expect(quarry.events).toContainEqual({ action: 'consent-asked', bundles: 'hunt indicators' });
  });

  it('grows from hunting to indicators, and each is seen as it is', async () => {
    const browser = aBrowser();
    const first = await connect(browser);
    expect(first.url).toBe(`${quarry.baseUrl}/connect/connected?bundle=hunt`);
    expect(stateOf(first, 'ThreatHunting.Read.All')).toBe('granted');
    expect(stateOf(first, 'Ti.ReadWrite')).toBeUndefined();

    const user = await userOf(browser);
    const need = await quarry.organizations.needsConsent(user, user.tenantId, 'indicators');
    expect(need).toMatchObject({ needed: true, why: 'missing', href: `/connect?organization=${fabrikamId}&bundle=indicators` });
    expect(await quarry.organizations.needsConsent(user, user.tenantId, 'hunt')).toEqual({ needed: false });
    expect(stateOf(await board(browser), 'Ti.ReadWrite')).toBe('missing');

    const offered = await browser.visit(`${quarry.baseUrl}${'href' in need ? need.href : ''}`);
    const ticked = offered.$('input[name=bundle][checked]').toArray();
    expect(ticked.map((box) => offered.$(box).attr('value'))).toEqual(['indicators']);

    later = 6 * 60_000;
    const second = await connect(browser, ['indicators']);
    expect(second.url).toBe(`${quarry.baseUrl}/connect/connected?bundle=indicators`);
    expect(stateOf(second, 'Ti.ReadWrite')).toBe('granted');
    expect(await quarry.organizations.needsConsent(await userOf(browser), fabrikamId as TenantId, 'indicators')).toEqual({ needed: false });
    const shown = await board(browser);
    expect(stateOf(shown, 'Ti.ReadWrite')).toBe('granted');
    expect(stateOf(shown, 'Machine.Isolate')).toBe('missing');
    expect(quarry.events.filter((event) => (event as { action: string }).action === 'tenant-connected')).toHaveLength(1);
  });

  it('asked for by a stranger is no record of the organization; by its own people it is', async () => {
    await departure(aBrowser(), [['organization', contosoId]]);
    expect(quarry.events).toContainEqual({ action: 'consent-asked', bundles: 'hunt' });
    const browser = aBrowser();
    await walkAs(browser, await browser.visit(`${quarry.baseUrl}/who`), 'admin@contoso.example');
    await departure(browser, [['organization', contosoId]]);
    expect(quarry.events).toContainEqual(
      expect.objectContaining({ action: 'consent-asked', tenantId: contosoId, objectId: expect.any(String) }),
    );
  });

  it('is not said to be there where it is not', async () => {
    const stranger = await aBrowser().visit(`${quarry.baseUrl}/connect/connected?bundle=hunt`);
    expect(stranger.location).toContain('/auth/signin?');
  });

  it('that was refused connects nothing, and its page leads on', async () => {
    const browser = aBrowser();
    const url = await departure(browser, [['organization', 'fabrikam.example']]);
    await browser.visit(url.href);
    await browser.press('account', admin);
    const back = await browser.press('consent', 'deny');
    const refused = await browser.visit(back.location ?? '');
    expect([refused.status, refused.$('h1').text()]).toEqual([403, 'Nothing was connected']);
    expect(refused.$('main').text()).toContain('chose not to agree');
    expect(refused.$('input#share').val()).toBe(`${quarry.baseUrl}/connect?organization=fabrikam.example&bundle=hunt`);
    expect(refused.$('.facts').text()).toMatch(/entra-65004.*Correlation id\s*[0-9a-f-]{36}/s);
    expect(refused.$('.facts a').attr('href')).toBe(`${lab.url}/error?code=65004`);
    expect(await quarry.tenantsFound(fabrikamId)).toBeUndefined();
    expect(quarry.events).toContainEqual({ action: 'consent-refused', code: 'entra-65004' });
  });

  it('of an organization without the licence says so, with the remedy', async () => {
    await drill({ service: 'identity', fault: 'licence', tenant: 'fabrikam.example' });
    const visit = await connect(aBrowser());
    expect(visit.status).toBe(403);
    expect(visit.$('main').text()).toMatch(/no Defender for Endpoint or Defender XDR licence/);
    expect(await quarry.tenantsFound(fabrikamId)).toBeUndefined();
  });

  it('of an organization that nobody knows ends at the identity service, and a return that says so is explained', async () => {
    const browser = aBrowser();
    const url = await departure(browser, [['organization', 'nobody.example']]);
    expect((await browser.visit(url.href)).$('.facts dd').first().text()).toBe('AADSTS90002');
    const answer = { error: 'invalid_request', error_description: "AADSTS90002: Tenant '<b>x</b>' not found.", state: stateIn(url) };
    const refused = await done(browser, answer);
    expect(refused.$('main').text()).toContain('There is no organization of that name');
    expect(refused.text).not.toContain('<b>x');
  });

  it('stands where the licence went: the board tells the two apart', async () => {
    const browser = aBrowser();
    await connect(browser);
    const user = await userOf(browser);
    await drill({ service: 'identity', fault: 'licence', tenant: 'fabrikam.example' });
    const token = quarry.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph', forceRefresh: true });
    await expect(token).rejects.toMatchObject({ kind: 'forbidden', code: 'entra-650052' });
    const shown = await board(browser);
    expect(shown.$(`#tenants tr[data-tenant="${fabrikamId}"]`).attr('data-state')).toBe('no licence');
    expect(shown.$(`#tenant-${fabrikamId} [data-problem]`).text()).toMatch(/no Microsoft Defender.*checks the licence.*entra-650052/s);
    await quarry.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph', forceRefresh: true });
    expect((await board(browser)).$(`#tenants tr[data-tenant="${fabrikamId}"]`).attr('data-state')).toBe('works');
  });

  it('withdrawn upstream is on the board with its remedy and the administrator’s link', async () => {
    const browser = aBrowser();
    await connect(browser, ['hunt', 'indicators']);
    expect((await fetch(`${lab.url}/lab/consents/${fabrikamId}`, { method: 'DELETE' })).status).toBe(204);
    const user = await userOf(browser);
    const token = quarry.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph', forceRefresh: true });
    await expect(token).rejects.toMatchObject({ kind: 'forbidden' });
    const shown = await board(browser);
    expect(shown.$(`#tenants tr[data-tenant="${fabrikamId}"]`).attr('data-state')).toBe('reconnect');
    expect(stateOf(shown, 'ThreatHunting.Read.All')).toBe('withdrawn');
    expect(stateOf(shown, 'Ti.ReadWrite')).toBe('withdrawn');
    const problem = shown.$(`#tenant-${fabrikamId} [data-problem]`);
    expect(problem.find('a').attr('href')).toBe(`/connect?organization=${fabrikamId}&bundle=hunt`);
    expect(problem.text()).toMatch(/withdrawn.*agrees again.*entra-65001.*correlation id/s);
    const json = JSON.parse((await browser.visit(`${quarry.baseUrl}/tenants.json`)).text) as { tenants: { state: string }[] };
    expect(json.tenants[0]).toMatchObject({ tenantId: fabrikamId, state: 'reconnect', problems: [{ code: 'entra-65001' }] });

    const again = await connect(aBrowser());
    expect(stateOf(again, 'ThreatHunting.Read.All')).toBe('granted');
  });
});

describe('a guest of a customer', () => {
  it('sees the customer’s withdrawal on their own board, with the link to send there', async () => {
    await connect(aBrowser());
    const browser = aBrowser();
    await walkAs(browser, await browser.visit(`${quarry.baseUrl}/who`), 'analyst@contoso.example');
    const row = async (): Promise<string | undefined> =>
      (await board(browser)).$(`#tenants tr[data-tenant="${fabrikamId}"]`).attr('data-state');
    expect(await row()).toBe('works');
    const check = await fetch(`${quarry.baseUrl}/tenants/${fabrikamId}/check`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; '), 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ what: 'call' }),
    });
    expect(check.status).toBe(303);
    expect(quarry.events).toContainEqual(expect.objectContaining({ action: 'tenant-checked', tenantId: fabrikamId, code: 'call' }));

    await fetch(`${lab.url}/lab/consents/${fabrikamId}`, { method: 'DELETE' });
    const user = await userOf(browser);
    const tenantId = fabrikamId as TenantId;
    const token = quarry.signIn.accessTokens.acquire({ user, tenantId, resource: 'graph', forceRefresh: true });
    await expect(token).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await row()).toBe('reconnect');
    const shown = await board(browser);
    const link = shown.$(`#tenant-${fabrikamId} [data-problem] a`).attr('href');
    expect(link).toBe(`/connect?organization=${fabrikamId}&bundle=hunt`);
    expect(shown.$(`#tenants tr[data-tenant="${contosoId}"]`).attr('data-state')).toBe('works');
  });
});

describe('a return', () => {
  const why = (visit: Visit): string => visit.$('main').text().replace(/\s+/g, ' ');

  it.each<[string, RegExp, (browser: LabBrowser) => Promise<Visit>]>([
    ['without a state', /anybody can write such an address/, (browser) => done(browser, { admin_consent: 'True', tenant: fabrikamId })],
    [
      'with a state of nobody',
      /used before|answers nothing/,
      async (browser) => {
        await departure(browser);
        return done(browser, { tenant: fabrikamId, state: 'x'.repeat(43) });
      },
    ],
    [
      'in a browser that asked nothing',
      /another browser/,
      async (browser) => done(aBrowser(), { tenant: fabrikamId, state: stateIn(await departure(browser)) }),
    ],
    [
      'in a browser that asked something else',
      /another browser/,
      async (browser) => {
        const other = aBrowser();
        await departure(other);
        return done(other, { tenant: fabrikamId, state: stateIn(await departure(browser)) });
      },
    ],
    [
      'after ten minutes',
      /ten minutes/,
      async (browser) => {
        const state = stateIn(await departure(browser));
        later = 10 * 60_000 + 1;
        return done(browser, { tenant: fabrikamId, state });
      },
    ],
    [
      'that came before',
      /used before/,
      async (browser) => {
        const state = stateIn(await departure(browser));
        await done(browser, { tenant: fabrikamId, state });
        return done(browser, { tenant: fabrikamId, state });
      },
    ],
    [
      'with the state of a sign-in',
      /answers a sign-in/,
      async (browser) => {
        const leaving = await browser.visit(`${quarry.baseUrl}/auth/signin`);
        return done(browser, { tenant: fabrikamId, state: stateIn(new URL(leaving.location ?? '')) });
      },
    ],
    [
      'with a parameter twice',
      /could not be read/,
      async (browser) => browser.visit(`${quarry.baseUrl}/connect/done?state=${stateIn(await departure(browser))}&state=x`),
    ],
  ])('%s changes nothing and says why', async (_how, words, go) => {
    const visit = await go(aBrowser());
    expect(visit.status).toBe(400);
    expect(why(visit)).toMatch(words);
    expect(visit.$('main a.button')).toHaveLength(1);
    expect(await quarry.tenantsFound(fabrikamId)).toBeUndefined();
    expect(await quarry.stores.sessions.count()).toBe(0);
  });

  it('for a victim’s organization cannot make it anybody’s', async () => {
    const browser = aBrowser();
    const leaving = await done(browser, { admin_consent: 'True', tenant: contosoId, state: stateIn(await departure(browser)) });
    const end = await walkAs(browser, await browser.visit(leaving.location ?? ''), admin);
    expect(end.url).not.toContain(quarry.baseUrl);
    expect(await quarry.stores.sessions.count()).toBe(0);
  });

  it('that names another organization than was asked leads to the one that was asked', async () => {
    const browser = aBrowser();
    const url = await departure(browser, [['organization', contosoId]]);
    const leaving = await done(browser, { admin_consent: 'True', tenant: fabrikamId, state: stateIn(url) });
    expect(new URL(leaving.location ?? '').pathname).toBe(`/${contosoId}/oauth2/v2.0/authorize`);
  });

  it('after another one in a second tab counts as well, each by its own state', async () => {
    const browser = aBrowser();
    const [first, second] = [
      await departure(browser),
      await departure(browser, [
        ['bundle', 'indicators'],
        ['bundle', 'hunt'],
      ]),
    ];
    await browser.visit(second.href);
    await browser.press('account', admin);
    const accepted = await browser.press('consent', 'accept');
    const one = await walkAs(browser, await browser.visit(accepted.location ?? ''), admin);
    expect(stateOf(one, 'Ti.ReadWrite')).toBe('granted');
    const two = await walkAs(browser, await browser.visit(first.href), admin);
    expect(two.url).toBe(`${quarry.baseUrl}/connect/connected?bundle=hunt`);
    expect(await quarry.stores.sessions.count()).toBe(1);
    const replayed = await browser.visit(accepted.location ?? '');
    expect(replayed.status).toBe(400);
    expect((await board(browser)).status).toBe(200);
  });

  it('floods are held off', async () => {
    const answers = await Promise.all(Array.from({ length: 70 }, () => askConsent(aBrowser(), quarry.baseUrl, [['bundle', 'nothing']])));
    expect(answers.some(({ status }) => status === 429)).toBe(true);
  });
});

describe('an installation for some organizations', () => {
  const only = async (options: { tenant?: string; allowedTenants?: readonly string[] }): Promise<void> => {
    await quarry.close();
    const { url: authorityHost, clientId } = lab;
    quarry = await aSigningInApp({ identity: () => ({ authorityHost, clientId, clientSecret: labSecret }), ...options });
  };

  it('does not let one that it will not serve agree in vain', async () => {
    await only({ allowedTenants: [contosoId] });
    const page = await aBrowser().visit(`${quarry.baseUrl}/connect`);
    expect(page.$('main').text()).toContain('serves only organizations');
    expect(page.text).not.toContain(contosoId);
    const refused = await askConsent(aBrowser(), quarry.baseUrl, [['organization', fabrikamId]]);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('tenant-not-served');
    expect((await askConsent(aBrowser(), quarry.baseUrl, [['organization', contosoId]])).status).toBe(303);
  });

  it('asks the one that it serves, whatever a form names', async () => {
    await only({ tenant: contosoId, allowedTenants: [contosoId] });
    const page = await aBrowser().visit(`${quarry.baseUrl}/connect?organization=fabrikam.example`);
    expect(page.$('#organization')).toHaveLength(0);
    const url = await departure(aBrowser(), [['organization', 'fabrikam.example']]);
    expect(url.pathname).toBe(`/${contosoId}/v2.0/adminconsent`);
  });
});
