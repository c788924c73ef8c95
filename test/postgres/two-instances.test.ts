import { aFolder } from '../support/a-folder';
import { aFreePort } from '../support/a-free-port';
import { aPostgres, type TestPostgres } from '../support/a-postgres';
import { aProxy, type Proxy } from '../support/a-proxy';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { cookieHeader } from '../support/a-sign-in';
import { fetchWhole } from '../support/fetch-whole';
import { aBrowser, type LabBrowser, type Visit } from '../support/lab-browser';
import { walkAs } from '../support/lab-walk';

const folder = aFolder();
const sessionKeys = 'Zm9yIHR3byBpbnN0YW5jZXMgb2Ygb25lIHRlc3QgYWxvbmU';
let postgres: TestPostgres;
let proxy: Proxy;
let one: Quarry;
let two: Quarry;

beforeAll(async () => {
  postgres = await aPostgres();
  proxy = await aProxy({ host: '127.0.0.1', port: Number(new URL(postgres.url).port) });
  const url = new URL(postgres.url);
  url.port = String(proxy.port);
  const shared = { DATABASE_URL: url.href, SESSION_KEYS: sessionKeys, LAB_EVENTS: '2000' };
  const port = String(await aFreePort());
  one = await aQuarry(folder, { ...shared, PORT: port });
  // The second instance signs in with the first one's lab: whoever is sent back lands on the first, as behind one address.
  two = await aQuarry(folder, { ...shared, BASE_URL: one.baseUrl }, one.lab);
});

afterAll(async () => {
  proxy.thaw();
  await two.close();
  await one.close();
  await proxy.close();
  await postgres.stop();
});

const follow = async (browser: LabBrowser, visit: Visit): Promise<Visit> => {
  let page = visit;
  while (page.status >= 300 && page.status < 400 && page.location) page = await browser.visit(page.location);
  return page;
};

const signIn = async (browser: LabBrowser, start: string, account = 'analyst@contoso.example'): Promise<Visit> => {
  let page = await follow(browser, await browser.visit(start));
  if (page.$('button[name=account]').length > 0) page = await follow(browser, await browser.press('account', account));
  if (page.$('button[name=consent]').length > 0) page = await follow(browser, await browser.press('consent', 'accept'));
  return page;
};

const ask = (quarry: Quarry, browser: LabBrowser, path: string, init: RequestInit = {}): Promise<Response> =>
  fetchWhole(`${quarry.address}${path}`, { redirect: 'manual', ...init, headers: { cookie: cookieHeader(browser), ...init.headers } });

describe('two instances over one PostgreSQL', () => {
  it('share a sign-in that began on one and came back to the other', async () => {
    const browser = aBrowser();
    const page = await signIn(browser, `${two.address}/hunting`);
    expect(page.url).toBe(`${one.baseUrl}/hunting`);
    expect((await ask(one, browser, '/hunting')).status).toBe(200);
    expect((await ask(two, browser, '/hunting')).status).toBe(200);
  });

  it('end a session everywhere at once', async () => {
    const browser = aBrowser();
    await signIn(browser, `${one.baseUrl}/hunting`);
    const headers = { 'sec-fetch-site': 'same-origin', origin: one.baseUrl };
    const out = await ask(two, browser, '/auth/signout', { method: 'POST', headers });
    expect(out.status).toBe(303);
    expect((await ask(one, browser, '/hunting')).status).toBe(303);
  });

  it('keep one audit trail: what is done on one is read and checked on the other', async () => {
    const [browser, admin] = [aBrowser(), aBrowser()];
    await signIn(browser, `${one.baseUrl}/hunting`);
    await signIn(admin, `${one.baseUrl}/hunting`, 'admin@contoso.example');
    const headers = { 'sec-fetch-site': 'same-origin', origin: one.baseUrl };
    const hunts = await Promise.all(
      Array.from({ length: 6 }, (_, index) => {
        const body = new URLSearchParams({ query: `DeviceInfo | take ${index + 1}`, timespan: 'P30D' });
        return ask(index % 2 === 0 ? one : two, browser, '/hunting/runs', { method: 'POST', headers, body });
      }),
    );
    expect(hunts.map(({ status }) => status)).toEqual(hunts.map(() => 303));
    interface Found {
      readonly everybody: boolean;
      readonly records: readonly { readonly query: string | null }[];
    }
    const trail = async (quarry: Quarry): Promise<Found> =>
      (await (await ask(quarry, admin, '/audit.json?action=hunt-started')).json()) as Found;
    const found = await trail(two);
    expect(found.everybody).toBe(true);
    expect(new Set(found.records.map(({ query }) => query))).toEqual(new Set(hunts.map((_, index) => `DeviceInfo | take ${index + 1}`)));
    expect((await trail(one)).records).toEqual(found.records);
    const check = await ask(two, admin, '/audit/check', { method: 'POST', headers });
    expect(await check.text()).toContain('Unbroken: ');
    expect(one.logged() + two.logged()).not.toMatch(/audit-record-failed|audit-records-lost/);
  });

  it('say that they are out of service while the database does not answer, and go on afterwards', async () => {
    const browser = aBrowser();
    await signIn(browser, `${one.baseUrl}/hunting`);
    proxy.freeze();
    const page = await ask(one, browser, '/hunting');
    expect(page.status).toBe(503);
    expect(page.headers.get('set-cookie')).toBeNull();
    expect((await ask(one, browser, '/healthz')).status).toBe(200);
    expect((await ask(one, browser, '/readyz')).status).toBe(503);
    proxy.thaw();
    for (const [quarry, path] of [
      [one, '/hunting'],
      [two, '/readyz'],
    ] as const)
      while ((await ask(quarry, browser, path)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
  });

  it('both end the sessions of an organization that one of them disconnects', async () => {
    const contoso = '29111d4a-3437-4659-b483-7396f1644aed';
    const [admin, analyst] = [aBrowser(), aBrowser()];
    await walkAs(admin, await admin.visit(`${one.baseUrl}/auth/signin`), 'admin@contoso.example');
    await walkAs(analyst, await analyst.visit(`${one.baseUrl}/auth/signin`), 'analyst@contoso.example');
    expect((await ask(two, analyst, '/hunting')).status).toBe(200);
    const page = await admin.visit(`${one.baseUrl}/tenants/${contoso}/disconnect`);
    const body = new URLSearchParams({ connection: page.$('input[name=connection]').attr('value') ?? '', understood: 'yes' });
    const headers = { 'sec-fetch-site': 'same-origin' };
    const answer = await ask(one, admin, `/tenants/${contoso}/disconnect`, { method: 'POST', body, headers });
    expect(answer.status).toBe(303);
    const told = await ask(two, aBrowser(), answer.headers.get('location') ?? '');
    expect([told.status, await told.text()]).toEqual([200, expect.stringContaining('contoso.example is disconnected')]);
    for (const browser of [admin, analyst]) expect((await ask(two, browser, '/hunting')).status).toBe(303);
    // Whoever signs in again is somebody of an organization that is not connected, on both.
    await walkAs(analyst, await analyst.visit(`${one.baseUrl}/auth/signin`), 'analyst@contoso.example');
    for (const quarry of [one, two]) expect((await ask(quarry, analyst, '/hunting')).status).toBe(403);
  });
});
