import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from '../support/a-folder';
import { aFreePort } from '../support/a-free-port';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { cookieHeader } from '../support/a-sign-in';
import { fetchWhole } from '../support/fetch-whole';
import { aBrowser, type LabBrowser, type Visit } from '../support/lab-browser';

const folder = aFolder();
const literal = 'canary-EncodedCommand-51c8';
const query = `DeviceProcessEvents
| where ProcessCommandLine has_any ("-enc", "-EncodedCommand", "${literal}")
| summarize Count = count(), Devices = dcount(DeviceId) by FileName, AccountName
| sort by Count desc`;

let quarry: Quarry;
const ports = { app: '', lab: '' };
const open = (): Promise<Quarry> => aQuarry(folder, { PORT: ports.app, LAB_PORT: ports.lab });

beforeAll(async () => {
  [ports.app, ports.lab] = [String(await aFreePort()), String(await aFreePort())];
  quarry = await open();
});
afterAll(() => quarry.close());

const addresses: string[] = [];

const follow = async (browser: LabBrowser, visit: Visit): Promise<Visit> => {
  let page = visit;
  while (page.status >= 300 && page.status < 400 && page.location) {
    addresses.push(page.location);
    page = await browser.visit(page.location);
  }
  return page;
};

/** Signs in at the lab and lands where the person wanted to go. */
const signIn = async (browser: LabBrowser, path: string): Promise<Visit> => {
  let page = await follow(browser, await browser.visit(`${quarry.baseUrl}${path}`));
  if (page.$('button[name=account]').length > 0) page = await follow(browser, await browser.press('account', 'analyst@contoso.example'));
  if (page.$('button[name=consent]').length > 0) page = await follow(browser, await browser.press('consent', 'accept'));
  return page;
};

const post = (browser: LabBrowser, path: string, fields: Record<string, string>): Promise<Response> =>
  fetchWhole(`${quarry.baseUrl}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin', origin: quarry.baseUrl },
  });

interface RunJson {
  readonly state: string;
  readonly query: string;
  readonly ledger: {
    readonly verdict: string;
    readonly tenants: readonly { readonly state: string; readonly rows: number; readonly error: string | null }[];
  };
}

const json = async <T>(browser: LabBrowser, address: string): Promise<T> => {
  const answer = await fetch(new URL(address, quarry.baseUrl), { headers: { cookie: cookieHeader(browser) } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
};

const finished = async (browser: LabBrowser, run: string): Promise<RunJson> => {
  for (;;) {
    const found = await json<RunJson>(browser, `${run}.json`);
    if (found.state !== 'queued' && found.state !== 'running') return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the main job', () => {
  const browser = aBrowser();
  let run = '';

  it('brings an analyst who signs in to the page they had asked for', async () => {
    const page = await signIn(browser, '/hunting?from=bookmark');
    expect(page.status).toBe(200);
    expect(page.url).toBe(`${quarry.baseUrl}/hunting?from=bookmark`);
    expect(page.$('form#hunt textarea[name=query]').length).toBe(1);
    expect(page.text).toContain('Ana Lyst');
  });

  it('runs a query over the whole organization and says that the answer is whole', async () => {
    const answer = await post(browser, '/hunting/runs', { query, timespan: 'P30D' });
    expect(answer.status).toBe(303);
    run = answer.headers.get('location') ?? '';
    const done = await finished(browser, run);
    expect(done).toMatchObject({ state: 'done', query, ledger: { verdict: 'complete' } });
    expect(done.ledger.tenants).toEqual([expect.objectContaining({ state: 'done', error: null })]);
  });

  it('shows the rows on a page and gives the same as JSON', async () => {
    const results = await json<{ columns: { name: string; type: string }[]; rows: unknown[][] }>(browser, `${run}/results.json`);
    expect(results.columns).toEqual([
      { name: 'FileName', type: 'string' },
      { name: 'AccountName', type: 'string' },
      { name: 'Count', type: 'long' },
      { name: 'Devices', type: 'long' },
    ]);
    expect(results.rows.length).toBeGreaterThan(0);
    let page = await browser.visit(`${quarry.baseUrl}${run}`);
    expect(page.$('#run').attr('data-state')).toBe('done');
    // What takes long is answered by "still looking" first.
    while (page.$('[data-looking]').length > 0) page = await browser.visit(`${quarry.baseUrl}${run}`);
    expect(
      page
        .$('table#results th[data-column]')
        .toArray()
        .map((head) => page.$(head).attr('data-column')),
    ).toEqual(results.columns.map(({ name }) => name));
    expect(page.$('table#results tbody tr').length).toBe(results.rows.length);
  });

  it('gives a wrong query back with its text, the place of the error, and no call spent', async () => {
    const before = (await (await fetch(`${quarry.labUrl}/lab/calls`)).json()) as unknown[];
    const wrong = 'DeviceProcessEvents\n| whre FileName == "x"';
    const answer = await post(browser, '/hunting/runs', { query: wrong, timespan: 'P30D' });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('whre FileName');
    expect(text).toMatch(/line 2/i);
    expect(await (await fetch(`${quarry.labUrl}/lab/calls`)).json()).toHaveLength(before.length);
  });

  it('keeps the session and the results over a restart of everything', async () => {
    await quarry.close();
    quarry = await open();
    const page = await browser.visit(`${quarry.baseUrl}${run}`);
    expect(page.status).toBe(200);
    expect(page.$('#run').attr('data-state')).toBe('done');
    const again = await post(browser, '/hunting/runs', { query: 'DeviceInfo | count', timespan: 'P30D' });
    expect((await finished(browser, again.headers.get('location') ?? '')).ledger.verdict).toBe('complete');
  });

  it('shows nothing more after signing out here and at the identity service', async () => {
    const stolen = cookieHeader(browser);
    const answer = await post(browser, '/auth/signout', {});
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${quarry.labUrl}/.*logout`));
    for (const path of [run, `${run}.json`, '/hunting']) {
      const page = await fetchWhole(`${quarry.baseUrl}${path}`, { redirect: 'manual', headers: { cookie: stolen } });
      expect([303, 401]).toContain(page.status);
    }
  });

  it('has written no code, token, cookie or query literal to its log, and no token to its disk', async () => {
    await quarry.close();
    const codes = addresses.flatMap((address) => new URL(address).searchParams.getAll('code'));
    expect(codes.length).toBeGreaterThan(0);
    const secrets = [...codes, ...[...browser.jar.values()].map(decodeURIComponent)].map((secret) => secret.slice(0, 60));
    const log = quarry.logged();
    for (const secret of [...secrets, 'eyJ', literal]) expect(log).not.toContain(secret);
    expect(
      log
        .split('\n')
        .filter(Boolean)
        .every((line) => typeof JSON.parse(line) === 'object'),
    ).toBe(true);
    const disk = filesBelow(folder).map((file) => readFileSync(file, 'latin1'));
    for (const secret of [...secrets, 'eyJ0eXAiOiJKV1Qi', '"refresh_token"', '"secret":']) {
      expect(disk.filter((content) => content.includes(secret))).toEqual([]);
    }
  });
});
