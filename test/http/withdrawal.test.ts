import { aFolder } from '../support/a-folder';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { cookieHeader } from '../support/a-sign-in';
import { connectAs } from '../support/an-administrator';
import { aBrowser, type LabBrowser, type Visit } from '../support/lab-browser';
import { walkAs } from '../support/lab-walk';
import { contosoId, fabrikamId } from '../support/running-lab';

const folder = aFolder();
let quarry: Quarry;

beforeAll(async () => {
  quarry = await aQuarry(folder, { LAB_EVENTS: '2000' });
});

beforeEach(() => connectAs(aBrowser(), quarry.baseUrl, { account: 'admin@fabrikam.example', organization: 'fabrikam.example' }));
afterEach(() => lab('DELETE', '/lab/drills'));
afterAll(() => quarry.close());

const lab = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${quarry.labUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

const withdraw = (tenant: string): Promise<Response> => lab('DELETE', `/lab/consents/${tenant}`);

const enter = async (account: string): Promise<LabBrowser> => {
  const browser = aBrowser();
  await walkAs(browser, await browser.visit(`${quarry.baseUrl}/auth/signin`), account);
  return browser;
};

const query = 'DeviceInfo | take 3 | project DeviceId // a text that somebody wrote';

/** Runs the query and gives the run's page once it is finished. */
const hunt = async (browser: LabBrowser, tenants: readonly string[]): Promise<Visit> => {
  const fields = [['query', query], ['timespan', 'P30D'], ...tenants.map((tenant) => ['tenants', tenant])] as [string, string][];
  const answer = await fetch(`${quarry.baseUrl}/hunting/runs`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin' },
  });
  expect(answer.status).toBe(303);
  const run = answer.headers.get('location') ?? '';
  for (;;) {
    const page = await browser.visit(`${quarry.baseUrl}${run}`);
    if (page.$('#run').attr('data-live') !== 'true') return page;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const line = (page: Visit, tenantId: string): string => page.$(`tr[data-tenant="${tenantId}"] + tr.more`).text();
const connectLink = (page: Visit): string | undefined => page.$('a[href^="/connect?"]').attr('href');
const events = (action: string): number => quarry.logged().split(`"event":"${action}"`).length - 1;

describe('consent that is withdrawn upstream', () => {
  it('is noticed with the next call, marks the organization, and shows the administrator’s link beside the query', async () => {
    const [analyst, colleague] = [await enter('analyst@fabrikam.example'), await enter('admin@fabrikam.example')];
    expect((await hunt(analyst, [])).$('#ledger').attr('data-verdict')).toBe('complete');
    const before = events('consent-withdrawn');
    await withdraw(fabrikamId);
    const page = await hunt(analyst, []);
    expect(line(page, fabrikamId)).toContain('has withdrawn its consent');
    expect(connectLink(page)).toBe(`/connect?organization=${fabrikamId}`);
    expect(page.$('pre.kql').text()).toBe(query);
    // Everybody of the organization learns of it, once; their tokens are gone.
    expect(line(await hunt(colleague, []), fabrikamId)).toContain('has withdrawn its consent');
    expect(events('consent-withdrawn')).toBe(before + 1);
    const board = await analyst.visit(`${quarry.baseUrl}/tenants`);
    expect(board.$(`tr[data-tenant="${fabrikamId}"]`).first().attr('data-state')).toMatch(/reconnect/);
  });

  it('leaves other organizations of the same run alone, and is noticed by a guest', async () => {
    const guest = await enter('analyst@contoso.example');
    await guest.visit(`${quarry.baseUrl}/tenants`);
    expect((await hunt(guest, [contosoId, fabrikamId])).$('#ledger').attr('data-verdict')).toBe('complete');
    await withdraw(fabrikamId);
    const page = await hunt(guest, [contosoId, fabrikamId]);
    expect(line(page, fabrikamId)).toContain('has withdrawn its consent');
    expect(page.$(`tr[data-tenant="${contosoId}"] [data-field=rows]`).text()).toBe('3');
    expect((await hunt(guest, [])).$('#ledger').attr('data-verdict')).toBe('complete');
  });

  it('is healed by a later consent', async () => {
    const analyst = await enter('analyst@fabrikam.example');
    await withdraw(fabrikamId);
    expect(connectLink(await hunt(analyst, []))).toBeDefined();
    await connectAs(aBrowser(), quarry.baseUrl, { account: 'admin@fabrikam.example', organization: 'fabrikam.example' });
    const again = await hunt(analyst, []);
    // The old tokens are gone: one click, then it works.
    expect(again.$('a[href^="/auth/signin"]').length).toBeGreaterThan(0);
    expect((await hunt(await enter('analyst@fabrikam.example'), [])).$('#ledger').attr('data-verdict')).toBe('complete');
  });

  it('is practised by the drill of the identity service', async () => {
    const analyst = await enter('analyst@fabrikam.example');
    await lab('POST', '/lab/drills', { service: 'hunting', fault: 'consent', times: 1, tenant: fabrikamId });
    await lab('POST', '/lab/drills', { service: 'identity', fault: 'consent', times: 1, tenant: fabrikamId });
    const page = await hunt(analyst, []);
    expect(connectLink(page)).toBe(`/connect?organization=${fabrikamId}`);
  });

  it('is not what a 403 says where the consent stands', async () => {
    const analyst = await enter('analyst@fabrikam.example');
    const before = events('consent-withdrawn');
    await lab('POST', '/lab/drills', { service: 'hunting', fault: 'consent', times: 1, tenant: fabrikamId });
    const page = await hunt(analyst, []);
    expect(line(page, fabrikamId)).toContain('You may not hunt in this organization');
    expect(connectLink(page)).toBeUndefined();
    expect(events('consent-withdrawn')).toBe(before);
    expect((await hunt(analyst, [])).$('#ledger').attr('data-verdict')).toBe('complete');
  });
});

describe('roles over the whole app', () => {
  const assign = (account: string, roles: readonly string[], tenant?: string): Promise<Response> =>
    lab('PUT', '/lab/roles', { account, roles, ...(tenant ? { tenant } : {}) });

  it('of one organization count for nothing in another', async () => {
    const guest = await enter('analyst@contoso.example');
    await guest.visit(`${quarry.baseUrl}/tenants`);
    expect((await hunt(guest, [fabrikamId])).$('#ledger').attr('data-verdict')).toBe('complete');
    await assign('analyst@contoso.example', ['viewer'], fabrikamId);
    const again = await enter('analyst@contoso.example');
    const refused = await fetch(`${quarry.baseUrl}/hunting/runs`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ query, timespan: 'P30D', tenants: fabrikamId }),
      headers: { cookie: cookieHeader(again), 'sec-fetch-site': 'same-origin' },
    });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('role-needed');
    const form = await again.visit(`${quarry.baseUrl}/hunting`);
    expect(form.$(`input[value="${fabrikamId}"]`).length).toBe(0);
    expect((await hunt(again, [contosoId])).$('#ledger').attr('data-verdict')).toBe('complete');
    // Fabrikam assigns roles from now on: whoever has none there is told so.
    const theirs = await enter('analyst@fabrikam.example');
    const page = await theirs.visit(`${quarry.baseUrl}/hunting`);
    expect([page.status, page.$('h1').text()]).toEqual([403, 'You have no role in fabrikam.example']);
    expect(page.$('form[action="/auth/signout"]').length).toBe(1);
    await assign('analyst@fabrikam.example', ['Quarry.Viewer']);
    const viewer = await enter('analyst@fabrikam.example');
    const history = await viewer.visit(`${quarry.baseUrl}/hunting/history`);
    expect(history.status).toBe(200);
    const own = history.$('#history a').first().attr('href') ?? '';
    const read = await viewer.visit(`${quarry.baseUrl}${own}`);
    expect(read.status).toBe(200);
    expect(read.$('#refine, .downloads, form[action$="/retry"], a[href^="/hunting?"]').length).toBe(0);
  });
});
