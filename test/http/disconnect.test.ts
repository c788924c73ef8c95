import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/database/database';
import { aFolder } from '../support/a-folder';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { cookieHeader } from '../support/a-sign-in';
import { connectAs } from '../support/an-administrator';
import { fetchWhole } from '../support/fetch-whole';
import { aBrowser, type LabBrowser, type Visit } from '../support/lab-browser';
import { walkAs } from '../support/lab-walk';
import { contosoId, fabrikamId } from '../support/running-lab';

const query = 'DeviceInfo | take 20 | project DeviceId, DeviceName';
/** Stands in rows alone: no query, log or ledger spells it whole. */
const canary = 'canary-of-fabrikam-7d1e40';
const ownQuery = `${query}, Marker = strcat("canary-of-", "fabrikam", "-7d1e40")`;

const root = join(__dirname, '..', '..');
let quarry: Quarry;
// Before the folder goes, whoever writes into it ends.
afterAll(() => quarry.close());
const folder = aFolder();

beforeAll(async () => {
  quarry = await aQuarry(folder, { LAB_EVENTS: '2000' });
});

beforeEach(() => connectAs(aBrowser(), quarry.baseUrl, { account: 'admin@fabrikam.example', organization: 'fabrikam.example' }));

afterEach(() => fetch(`${quarry.labUrl}/lab/drills`, { method: 'DELETE' }));

const enter = async (account: string): Promise<LabBrowser> => {
  const browser = aBrowser();
  await walkAs(browser, await browser.visit(`${quarry.baseUrl}/auth/signin`), account);
  return browser;
};

const post = (browser: LabBrowser, path: string, fields: readonly (readonly [string, string])[] = []): Promise<Response> =>
  fetchWhole(`${quarry.baseUrl}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
    headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin' },
  });

const get = (browser: LabBrowser, path: string): Promise<Response> =>
  fetchWhole(`${quarry.baseUrl}${path}`, { redirect: 'manual', headers: { cookie: cookieHeader(browser) } });

interface Found {
  readonly state: string;
  readonly rows: number;
  readonly ledger: {
    readonly verdict: string;
    readonly tenants: readonly {
      readonly tenantId: string;
      readonly rows: number;
      readonly error: string | null;
      readonly cut: string | null;
    }[];
  };
}

const finished = async (browser: LabBrowser, run: string): Promise<Found> => {
  for (;;) {
    const found = (await (await get(browser, `${run}.json`)).json()) as Found;
    if (found.state !== 'queued' && found.state !== 'running') return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const hunt = async (browser: LabBrowser, text: string, tenants: readonly string[]): Promise<string> => {
  const answer = await post(browser, '/hunting/runs', [
    ['query', text],
    ['timespan', 'P30D'],
    ...tenants.map((tenant) => ['tenants', tenant] as const),
  ]);
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
};

const whole = async (browser: LabBrowser, text: string, tenants: readonly string[]): Promise<string> => {
  const run = await hunt(browser, text, tenants);
  expect((await finished(browser, run)).ledger.verdict).toBe('complete');
  return run;
};

const refine = async (browser: LabBrowser, run: string, text: string): Promise<string> => {
  const answer = await post(browser, `${run}/refine`, [['query', text]]);
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
};

const connectionOn = (page: Visit): string => page.$('input[name=connection]').attr('value') ?? '';

/** The page that tells of a disconnection, once it says that everything is deleted. */
const deleted = async (browser: LabBrowser, told: string): Promise<string> => {
  for (;;) {
    const text = await (await get(browser, told)).text();
    if (!text.includes('data-state="under way"')) return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const disconnect = async (browser: LabBrowser, tenantId = fabrikamId): Promise<{ status: number; told: string; text: string }> => {
  const page = await browser.visit(`${quarry.baseUrl}/tenants/${tenantId}/disconnect`);
  const answer = await post(browser, `/tenants/${tenantId}/disconnect`, [
    ['connection', connectionOn(page)],
    ['understood', 'yes'],
  ]);
  const told = answer.headers.get('location') ?? '';
  return { status: answer.status, told, text: await deleted(browser, told) };
};

/**
 * Files below DATA_DIR, the lab's own aside, that hold the text. Another process looks: one that opens the database's files itself
 * would drop, with closing them, the locks that SQLite holds on them here.
 */
const holding = (text: string): readonly string[] => {
  const { stdout } = spawnSync('grep', ['-rlF', '--', text, folder], { encoding: 'utf8' });
  return stdout.split('\n').filter((file) => file !== '' && !file.startsWith(join(folder, 'lab')));
};

const keptFiles = (run: string): readonly string[] => {
  const path = join(folder, 'runs', run.split('/').pop() ?? '');
  return readdirSync(join(folder, 'runs')).includes(run.split('/').pop() ?? '') ? readdirSync(path) : [];
};

describe('disconnecting an organization', () => {
  it('says beforehand what goes, deletes it all, and leaves what belongs to others', async () => {
    const [admin, theirs, guest] = [
      await enter('admin@fabrikam.example'),
      await enter('analyst@fabrikam.example'),
      await enter('analyst@contoso.example'),
    ];
    await guest.visit(`${quarry.baseUrl}/tenants`);
    const own = await whole(theirs, ownQuery, []);
    const both = await whole(guest, query, [contosoId, fabrikamId]);
    const refined = await refine(guest, both, 'Results | take 5');
    const contosoOnly = await whole(guest, query, [contosoId]);
    const untouched = await refine(guest, contosoOnly, 'Results | take 3');
    await get(guest, `${both}?sort=0`);
    // What is kept is found by its words, or finding none afterwards would prove nothing: a run of several organizations names each in its rows.
    expect(holding(canary)).toHaveLength(1);
    expect(holding(fabrikamId).filter((file) => file.includes('/runs/'))).not.toEqual([]);

    const page = await admin.visit(`${quarry.baseUrl}/tenants/${fabrikamId}/disconnect`);
    expect(page.status).toBe(200);
    const lines = Object.fromEntries(
      page
        .$('#counts tbody tr')
        .toArray()
        .map((row) =>
          page
            .$(row)
            .find('th, td')
            .toArray()
            .map((cell) => page.$(cell).text()),
        ),
    ) as Record<string, string>;
    expect(lines).toMatchObject({
      'runs of its people: their queries, ledgers and kept rows': '1',
      'runs that others made from rows of it': '1',
      'parts of runs in which others asked it beside other organizations': '1',
      'kept rows': '40',
    });

    const { status, told, text } = await disconnect(admin);
    expect([status, told]).toEqual([303, expect.stringMatching(/^\/connect\/disconnected\/[\w-]{32}$/)]);
    expect(text).toContain('fabrikam.example is disconnected');
    expect(text).toContain('a count afterwards found nothing left');
    expect(text).not.toContain('Sign out');
    // Whoever has the address reads it without an account; whoever guesses one reads nothing.
    expect(await (await get(aBrowser(), told)).text()).toContain('a count afterwards found nothing left');
    expect((await get(aBrowser(), `${told.slice(0, -1)}${told.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);

    // Its people are out, at once; the guest is not.
    for (const browser of [admin, theirs]) expect((await get(browser, '/hunting/history')).status).toBe(303);
    expect((await get(guest, '/hunting/history')).status).toBe(200);

    const left = await finished(guest, both);
    expect(left.ledger.verdict).toBe('partial');
    expect(left.ledger.tenants.find(({ tenantId }) => tenantId === fabrikamId)).toMatchObject({ rows: 0, cut: 'disconnected' });
    expect(left.ledger.tenants.find(({ tenantId }) => tenantId === contosoId)).toMatchObject({ rows: 20, error: null });
    expect(await (await get(guest, both)).text()).toContain('Deleted when the organization was disconnected');
    const csv = await (await get(guest, `${both}/results.csv`)).text();
    expect(csv.trim().split('\n')).toHaveLength(21);
    expect((await get(guest, refined)).status).toBe(404);
    expect((await get(guest, untouched)).status).toBe(200);
    expect(keptFiles(own)).toEqual([]);
    expect(keptFiles(refined)).toEqual([]);
    expect(keptFiles(both).filter((name) => name.endsWith('.parquet'))).toHaveLength(1);
    expect(holding(canary)).toEqual([]);
    expect(holding(fabrikamId).filter((file) => file.includes('/runs/'))).toEqual([]);
    expect(quarry.logged()).toContain('"event":"data-deleted"');
    expect(quarry.logged()).toContain('"event":"tenant-disconnected"');
  });

  it('cancels what is under way, and nothing of it comes back', async () => {
    const [admin, guest] = [await enter('admin@fabrikam.example'), await enter('analyst@contoso.example')];
    await guest.visit(`${quarry.baseUrl}/tenants`);
    const armed = { service: 'hunting', fault: '429', times: 5, retryAfter: 60, tenant: fabrikamId };
    await fetch(`${quarry.labUrl}/lab/drills`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(armed),
    });
    const run = await hunt(guest, query, [contosoId, fabrikamId]);
    const { status } = await disconnect(admin);
    expect(status).toBe(303);
    const found = await finished(guest, run);
    expect(found.ledger.tenants.find(({ tenantId }) => tenantId === fabrikamId)).toMatchObject({ rows: 0, cut: 'disconnected' });
    const again = await post(guest, `${run}/retry`);
    expect(again.status).toBe(303);
    const after = await finished(guest, run);
    expect(after.ledger.tenants.find(({ tenantId }) => tenantId === fabrikamId)).toMatchObject({ cut: 'disconnected' });
    const refused = await post(guest, '/hunting/runs', [
      ['query', 'DeviceInfo'],
      ['timespan', 'P1D'],
      ['tenants', fabrikamId],
    ]);
    expect([403, 422]).toContain(refused.status);
  });

  it('is for the organization’s administrators alone', async () => {
    const [theirs, guest, elsewhere] = [
      await enter('analyst@fabrikam.example'),
      await enter('analyst@contoso.example'),
      await enter('admin@contoso.example'),
    ];
    await guest.visit(`${quarry.baseUrl}/tenants`);
    const form = [
      ['connection', '1'],
      ['understood', 'yes'],
    ] as const;
    expect((await post(theirs, `/tenants/${fabrikamId}/disconnect`, form)).status).toBe(403);
    expect((await post(guest, `/tenants/${fabrikamId}/disconnect`, form)).status).toBe(403);
    // An administrator of another organization does not even learn that it is connected.
    expect((await post(elsewhere, `/tenants/${fabrikamId}/disconnect`, form)).status).toBe(404);
    expect((await get(elsewhere, `/tenants/${fabrikamId}/disconnect`)).status).toBe(404);
    expect((await get(theirs, '/hunting/history')).status).toBe(200);
  });

  it('takes no form of another connection, no unread one, and none twice', async () => {
    const admin = await enter('admin@fabrikam.example');
    const second = await enter('admin@fabrikam.example');
    const page = await admin.visit(`${quarry.baseUrl}/tenants/${fabrikamId}/disconnect`);
    const connection = connectionOn(page);
    const path = `/tenants/${fabrikamId}/disconnect`;
    expect((await post(admin, path, [['connection', connection]])).status).toBe(400);
    expect((await post(admin, path, [['understood', 'yes']])).status).toBe(400);
    const stale = await post(admin, path, [
      ['connection', String(Number(connection) - 1)],
      ['understood', 'yes'],
    ]);
    expect(stale.status).toBe(409);
    const both = await Promise.all(
      [admin, second].map((browser) =>
        post(browser, path, [
          ['connection', connection],
          ['understood', 'yes'],
        ]),
      ),
    );
    expect(both.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(
      (
        await post(admin, path, [
          ['connection', connection],
          ['understood', 'yes'],
        ])
      ).status,
    ).toBe(401);
    const told = both.find(({ status }) => status === 303)?.headers.get('location') ?? '';
    await deleted(aBrowser(), told);
    await connectAs(aBrowser(), quarry.baseUrl, { account: 'admin@fabrikam.example', organization: 'fabrikam.example' });
    const anew = await enter('admin@fabrikam.example');
    expect(
      (
        await post(anew, path, [
          ['connection', connection],
          ['understood', 'yes'],
        ])
      ).status,
    ).toBe(409);
    expect((await get(anew, '/hunting/history')).status).toBe(200);
  });

  it('stays so although the consent still stands, until an administrator connects it again', async () => {
    await disconnect(await enter('admin@fabrikam.example'));
    const theirs = await enter('analyst@fabrikam.example');
    const page = await theirs.visit(`${quarry.baseUrl}/hunting`);
    expect(page.status).toBe(403);
    expect(page.$('h1').text()).toBe('fabrikam.example is not connected');
    expect(page.$('main').text()).toContain('It was disconnected here');
    expect(page.$('nav.main-nav a').length).toBe(0);
    expect((await get(theirs, '/schema')).status).toBe(403);
    expect((await get(theirs, '/tenants.json')).status).toBe(403);
    expect(
      (
        await post(theirs, '/hunting/runs', [
          ['query', 'DeviceInfo'],
          ['timespan', 'P1D'],
        ])
      ).status,
    ).toBe(403);
    const forged = await connectAs(aBrowser(), quarry.baseUrl, { account: 'admin@fabrikam.example', organization: 'fabrikam.example' });
    expect(forged.$('h1').text()).toBe('fabrikam.example is connected');
    // Whoever had signed in meanwhile goes on where they were refused.
    expect((await get(theirs, '/schema')).status).toBe(200);
  });
});

describe('the operator’s command', () => {
  const command = async (...words: readonly string[]): Promise<{ code: number | null; said: string }> => {
    const env = { PATH: process.env['PATH'], DATA_DIR: folder };
    const child = spawn(
      process.execPath,
      ['-r', join(root, 'scripts', 'typescript-require.cjs'), join(root, 'src', 'tenants-cli.ts'), ...words],
      { env, cwd: folder },
    );
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => void (said += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => void (said += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  };

  it('lists, says what it would delete, and does so beside a Quarry that runs', async () => {
    const theirs = await enter('analyst@fabrikam.example');
    const own = await whole(theirs, query, []);
    expect((await command('list')).said).toMatch(new RegExp(`${fabrikamId}  fabrikam.example  connected since`));
    const asked = await command('disconnect', 'fabrikam.example');
    expect([asked.code, asked.said]).toEqual([0, expect.stringContaining('Nothing was done')]);
    expect((await get(theirs, own)).status).toBe(200);
    const done = await command('disconnect', fabrikamId, '--yes');
    expect([done.code, done.said]).toEqual([0, expect.stringContaining('found nothing left')]);
    expect((await get(theirs, own)).status).toBe(303);
    expect(keptFiles(own)).toEqual([]);
    expect((await command('list')).said).toContain('fabrikam.example  disconnected on');
    expect((await command('disconnect', fabrikamId, '--yes')).code).toBe(1);
    expect((await command('allow', 'fabrikam.example')).code).toBe(0);
    expect((await get(await enter('analyst@fabrikam.example'), '/hunting')).status).toBe(200);
  });

  it('explains itself where it is not understood', async () => {
    expect(await command('remove', 'contoso.example')).toEqual({ code: 1, said: expect.stringContaining('disconnect TENANT') });
  });
});

describe('disconnecting that was cut short', () => {
  it('is finished at the next start', async () => {
    const [theirs] = [await enter('analyst@fabrikam.example')];
    const own = await whole(theirs, query, []);
    await quarry.close();
    const database = await openDatabase({ kind: 'sqlite', file: join(folder, 'quarry.db') });
    // What stands there after a kill right behind the first step.
    await database.db.deleteFrom('tenants').where('tenant_id', '=', fabrikamId).execute();
    await database.db.deleteFrom('disconnections').execute();
    await database.db
      .insertInto('disconnections')
      .values({
        tenant_id: fabrikamId,
        name: 'fabrikam.example',
        requested_at: Date.now(),
        requested_by: null,
        counts: '{"runs":1}',
        finished_at: null,
        reconnected_at: null,
        receipt: 'of-the-one-that-was-cut-short',
      })
      .execute();
    await database.close();
    expect(keptFiles(own)).not.toEqual([]);
    quarry = await aQuarry(folder, { LAB_EVENTS: '2000' });
    expect(await deleted(aBrowser(), '/connect/disconnected/of-the-one-that-was-cut-short')).toContain('found nothing left');
    expect(quarry.logged()).toContain('"event":"data-deleted"');
    expect(keptFiles(own)).toEqual([]);
    const after = await openDatabase({ kind: 'sqlite', file: join(folder, 'quarry.db') });
    expect(await after.db.selectFrom('disconnections').select('finished_at').executeTakeFirst()).not.toEqual({ finished_at: null });
    expect(await after.db.selectFrom('sessions').select('handle').where('tenant_id', '=', fabrikamId).execute()).toEqual([]);
    await after.close();
  });
});
