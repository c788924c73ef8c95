import { openDatabase } from '../../src/database/database';
import { join } from 'node:path';
import type { Database } from '../../src/database/database';
import { createChainReader, recordsOf } from '../../src/features/audit/chain-reader';
import { readCheckpoints } from '../../src/features/audit/checkpoint-reader';
import { verifyChain } from '../../src/features/audit/verify';
import { auditSeals } from '../../src/audit-keeping';
import { aFolder } from '../support/a-folder';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { cookieHeader } from '../support/a-sign-in';
import { askConsent, connectAs } from '../support/an-administrator';
import { fetchWhole } from '../support/fetch-whole';
import { aBrowser, type LabBrowser } from '../support/lab-browser';
import { walkAs } from '../support/lab-walk';
import { contosoId, fabrikamId } from '../support/running-lab';

const folder = aFolder();
const names: Readonly<Record<string, string>> = { [contosoId]: 'contoso', [fabrikamId]: 'fabrikam', installation: 'installation' };

let quarry: Quarry;
let db: Database;
let close: () => Promise<void>;
let ana: LabBrowser;
let adam: LabBrowser;
let frida: LabBrowser;
let seen = new Map<string, number>();

beforeAll(async () => {
  quarry = await aQuarry(folder, { LAB_EVENTS: '2000' });
  await quarry.composition.warm();
  ({ db, close } = await openDatabase({ kind: 'sqlite', file: join(folder, 'quarry.db') }));
});

afterAll(async () => {
  await close();
  await quarry.close();
});

/** The records that came since the last look, as `chain action`. */
const fresh = async (): Promise<readonly string[]> => {
  const reader = createChainReader(db);
  const found: string[] = [];
  for (const chain of await reader.chains()) {
    for await (const record of recordsOf({ page: reader.page }, chain)) {
      if (record.seq <= (seen.get(chain) ?? 0)) continue;
      seen = new Map([...seen, [chain, record.seq]]);
      found.push(`${names[chain]} ${record.action}`);
    }
  }
  return found;
};

/** What is recorded after its answer takes a moment: waits until so many records have come, and then whether more do. */
const recorded = async (count: number): Promise<readonly string[]> => {
  const found: string[] = [];
  for (let quiet = 0; quiet < 4 && found.length <= count; quiet += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const more = await fresh();
    found.push(...more);
    if (found.length < count) quiet = -1;
  }
  return found.sort();
};

const enter = async (account: string): Promise<LabBrowser> => {
  const browser = aBrowser();
  await walkAs(browser, await browser.visit(`${quarry.baseUrl}/auth/signin`), account);
  return browser;
};

const get = (browser: LabBrowser, path: string): Promise<Response> =>
  fetchWhole(`${quarry.baseUrl}${path}`, { redirect: 'manual', headers: { cookie: cookieHeader(browser) } });
const post = (
  browser: LabBrowser,
  path: string,
  fields: readonly (readonly [string, string])[] = [],
  site = 'same-origin',
): Promise<Response> =>
  fetchWhole(`${quarry.baseUrl}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
    headers: { cookie: cookieHeader(browser), 'sec-fetch-site': site },
  });

const finished = async (browser: LabBrowser, run: string): Promise<void> => {
  for (;;) {
    const { state } = (await (await get(browser, `${run}.json`)).json()) as { state: string };
    if (state !== 'queued' && state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

let run = '';
const hunt = async (browser: LabBrowser, query: string, tenants: readonly string[]): Promise<void> => {
  const answer = await post(browser, '/hunting/runs', [
    ['query', query],
    ['timespan', 'P30D'],
    ...tenants.map((tenant) => ['tenants', tenant] as const),
  ]);
  run = answer.headers.get('location') ?? '';
  await finished(browser, run);
};

const exported = (format: string) => async (): Promise<void> => {
  const answer = await get(ana, `${run}/${format}`);
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
};

const drill = (body: Record<string, unknown>): Promise<unknown> =>
  fetch(`${quarry.labUrl}/lab/drills`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** In this order: what was done, how, and the records that it leaves. */
const acts: readonly (readonly [what: string, act: () => Promise<unknown>, records: readonly string[]])[] = [
  [
    'the first sign-in of an organization',
    async () => (ana = await enter('analyst@contoso.example')),
    ['contoso sign-in', 'contoso tenant-connected'],
  ],
  ['a sign-in', async () => (adam = await enter('admin@contoso.example')), ['contoso sign-in']],
  ['a refused sign-in', () => enter('blocked@contoso.example'), ['installation sign-in-refused']],
  [
    'asking for a consent of a stranger organization',
    () =>
      askConsent(aBrowser(), quarry.baseUrl, [
        ['chosen', '1'],
        ['organization', fabrikamId],
        ['bundle', 'hunt'],
      ]),
    ['installation consent-asked'],
  ],
  [
    'connecting an organization',
    async () => {
      frida = aBrowser();
      await connectAs(frida, quarry.baseUrl, { account: 'admin@fabrikam.example', organization: 'fabrikam.example' });
    },
    ['fabrikam consent-given', 'fabrikam sign-in', 'fabrikam tenant-connected', 'installation consent-asked'],
  ],
  [
    'a consent that is refused',
    async () => {
      const browser = aBrowser();
      const asked = await askConsent(browser, quarry.baseUrl, [
        ['chosen', '1'],
        ['organization', fabrikamId],
        ['bundle', 'hunt'],
      ]);
      const state = new URL(asked.headers.get('location') ?? '').searchParams.get('state') ?? '';
      await browser.visit(
        `${quarry.baseUrl}/connect/done?${new URLSearchParams({ state, error: 'access_denied', admin_consent: 'True' })}`,
      );
    },
    ['installation consent-asked', 'installation consent-refused'],
  ],
  [
    'asking for more consent of one’s own organization',
    () =>
      askConsent(frida, quarry.baseUrl, [
        ['chosen', '1'],
        ['organization', fabrikamId],
        ['bundle', 'hunt'],
      ]),
    ['fabrikam consent-asked'],
  ],
  ['looking at one’s own organizations', () => get(ana, '/tenants'), []],
  [
    'a query in one’s own organization',
    () => hunt(ana, 'DeviceInfo | take 3', [contosoId]),
    ['contoso hunt-finished', 'contoso hunt-started'],
  ],
  [
    'a query in two organizations',
    () => hunt(ana, 'DeviceInfo | take 3', [contosoId, fabrikamId]),
    ['contoso hunt-finished', 'contoso hunt-started', 'fabrikam hunt-finished', 'fabrikam hunt-started'],
  ],
  [
    'a query in another organization',
    () => hunt(ana, 'DeviceInfo | take 3', [fabrikamId]),
    ['contoso hunt-finished', 'contoso hunt-started', 'fabrikam hunt-finished', 'fabrikam hunt-started'],
  ],
  ...['results.csv', 'results.json', 'results.ndjson', 'results.parquet', 'results.xlsx', 'evidence.zip'].map(
    (format) => [`an export (${format})`, exported(format), ['contoso rows-exported', 'fabrikam rows-exported']] as const,
  ),
  ['a look at the rows', () => get(ana, run), []],
  ['a refinement', () => post(ana, `${run}/refine`, [['query', 'Results | count']]), ['contoso rows-refined', 'fabrikam rows-refined']],
  ['a refinement with a mistake', () => post(ana, `${run}/refine`, [['query', 'Results | nonsense']]), []],
  ['a query with a mistake', () => post(ana, '/hunting/runs', [['query', 'DeviceInfo | nonsense']]), []],
  [
    'a cancel',
    async () => {
      await drill({ service: 'hunting', fault: 'stall', times: 1 });
      const answer = await post(ana, '/hunting/runs', [['query', 'DeviceInfo | take 3']]);
      run = answer.headers.get('location') ?? '';
      await post(ana, `${run}/cancel`);
      await finished(ana, run);
    },
    ['contoso hunt-cancelled', 'contoso hunt-finished', 'contoso hunt-started'],
  ],
  [
    'asking again for what is missing',
    async () => {
      await fetch(`${quarry.labUrl}/lab/drills`, { method: 'DELETE' });
      await post(ana, `${run}/retry`);
      await finished(ana, run);
    },
    ['contoso hunt-finished', 'contoso hunt-started'],
  ],
  ['an act that the role does not allow', () => post(ana, '/audit/check'), ['contoso access-denied']],
  ['a form of another site', () => post(ana, '/hunting/runs', [['query', 'DeviceInfo']], 'cross-site'), ['contoso access-denied']],
  [
    'a form of another site to a stranger',
    () => post(aBrowser(), '/hunting/runs', [['query', 'DeviceInfo']], 'cross-site'),
    ['installation access-denied'],
  ],
  ['a page that does not exist', () => get(ana, '/nothing'), []],
  ['a look at the trail', () => get(adam, '/audit'), []],
  ['an export of the trail', async () => (await get(adam, '/audit.csv')).text(), ['contoso audit-exported']],
  ['a sign-out', () => post(ana, '/auth/signout'), ['contoso sign-out']],
  [
    'disconnecting an organization',
    async () => {
      const page = await frida.visit(`${quarry.baseUrl}/tenants/${fabrikamId}/disconnect`);
      const connection = page.$('input[name=connection]').attr('value') ?? '';
      expect(
        (
          await post(frida, `/tenants/${fabrikamId}/disconnect`, [
            ['connection', connection],
            ['understood', 'yes'],
          ])
        ).status,
      ).toBe(303);
    },
    ['fabrikam data-deleted', 'fabrikam tenant-disconnected'],
  ],
];

describe('the audit trail of a whole Quarry', () => {
  it.each(acts)('holds, of %s, exactly its records', async (_what, act, records) => {
    await act();
    expect(await recorded(records.length)).toEqual([...records].sort());
  });

  it('names who did what, and holds no secret and no row', async () => {
    const rows = await db.selectFrom('audit_records').selectAll().orderBy('chain').orderBy('seq').execute();
    const started = rows.filter(({ chain, action }) => chain === fabrikamId && action === 'hunt-started');
    expect(started).toMatchObject([
      {
        actor_tenant_id: contosoId,
        actor_name: 'Ana Lyst',
        actor_username: 'analyst@contoso.example',
        query: 'DeviceInfo | take 3',
        own_data: 1,
      },
      { actor_tenant_id: contosoId, own_data: 1 },
    ]);
    const [, second] = rows.filter(({ chain, action }) => chain === fabrikamId && action === 'hunt-finished');
    expect(second).toMatchObject({ row_count: 3, own_data: 1 });
    expect(JSON.parse(second!.facts)).toMatchObject({ verdict: 'complete', state: 'done', from: 'contoso.example' });
    expect(rows.filter(({ action }) => action === 'sign-out')).toMatchObject([{ actor_name: 'Ana Lyst' }]);
    const everything = JSON.stringify(rows);
    for (const browser of [ana, adam, frida]) for (const [, value] of browser.jar) expect(everything).not.toContain(value);
    const sessions = await db.selectFrom('sessions').select(['handle', 'id_hash']).execute();
    for (const { handle, id_hash } of sessions) for (const secret of [handle, id_hash]) expect(everything).not.toContain(secret);
    expect(everything).not.toMatch(/eyJ[\w-]{20}/);
    // The rows of DeviceInfo name devices; no record does.
    expect(everything).not.toMatch(/DESKTOP|\.contoso\.example"/);
  });

  it('is whole in every chain', async () => {
    // At its end it vouches for what it has written.
    await quarry.close();
    const seals = auditSeals({ auditKeys: null, dataDir: folder });
    const { vouched, forged } = await readCheckpoints([join(folder, 'audit-checkpoints.ndjson')], seals);
    const reader = createChainReader(db);
    const chains = await reader.chains();
    expect(chains).toHaveLength(3);
    for (const chain of chains)
      expect(await verifyChain(chain, { reader, seals, chains, vouched })).toMatchObject({
        state: 'whole',
        fault: null,
        vouchedFor: seen.get(chain),
      });
    expect(forged).toEqual([]);
  });
});
