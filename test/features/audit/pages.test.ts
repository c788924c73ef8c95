import { load } from 'cheerio';
import request from 'supertest';
import { openDatabase, type OpenDatabase } from '../../../src/database/database';
import type { AuditEvent } from '../../../src/features/audit/audit-event';
import { createAuditHandlers } from '../../../src/features/audit/handlers';
import { createChainReader } from '../../../src/features/audit/chain-reader';
import { recordsOfHunt } from '../../../src/features/audit/hunt-events';
import { auditRoutes } from '../../../src/features/audit/routes';
import { createTrail } from '../../../src/features/audit/trail';
import { verifyChain } from '../../../src/features/audit/verify';
import { createWriter } from '../../../src/features/audit/writer';
import type { SignedInUser, TenantId } from '../../../src/http/current-user';
import { anApp, aUser, origin, signedInAs } from '../../support/an-app';
import { sealsOf } from './a-chain';

const [contoso, fabrikam, tailspin] = [
  '11111111-1111-4111-8111-111111111111',
  '33333333-3333-4333-8333-333333333333',
  '44444444-4444-4444-8444-444444444444',
] as TenantId[] as [TenantId, TenantId, TenantId];

const analyst = aUser({ roles: ['viewer', 'hunter'] });
const administrator = aUser({ objectId: 'ada', name: 'Ada', username: 'ada@contoso.example', roles: ['viewer', 'administrator'] });
const customer = aUser({
  tenantId: fabrikam,
  objectId: 'fay',
  name: 'Fay',
  username: 'fay@fabrikam.example',
  tenantName: 'Fabrikam',
  roles: ['viewer', 'administrator'],
});

const start = Date.parse('2026-11-20T10:00:00Z');

const aTrail = async () => {
  let now = start;
  const database = await openDatabase({ kind: 'sqlite', file: ':memory:' });
  const { db } = database;
  const seals = sealsOf();
  const writer = createWriter({ db, seals, checkpoints: { note: () => {} }, clock: () => (now += 60_000) });
  const reader = createChainReader(db);
  const check = async (chain: string) =>
    verifyChain(chain, { reader, seals, chains: await reader.chains(), vouched: new Map([[chain, new Map([[1, new Set<string>()]])]]) });
  const noted: AuditEvent[] = [];
  const note = async (events: readonly AuditEvent[]): Promise<void> => {
    noted.push(...events);
    await writer.append(events);
  };
  const options = { trail: createTrail(db), append: note, note, check, clock: () => start + 3_600_000 };
  const as = (user: SignedInUser) => {
    const { app, errors } = anApp({ session: [signedInAs(user)], features: [auditRoutes(createAuditHandlers(options), options)] });
    const post = (path: string) => request(app).post(path).set('Origin', origin).set('Sec-Fetch-Site', 'same-origin');
    return { get: (path: string) => request(app).get(path), post, errors };
  };
  const hunted = (query: string, runId: string, tenants: readonly TenantId[], by: SignedInUser = analyst) => {
    const name = (tenantId: TenantId) => ({ [contoso]: 'Contoso', [fabrikam]: 'Fabrikam', [tailspin]: 'Tailspin' })[tenantId]!;
    const asked = tenants.map((tenantId) => ({ tenantId, name: name(tenantId) }));
    const came = asked.map((tenant) => ({ ...tenant, rows: 7, verdict: 'complete', state: 'done', cut: null }));
    const event = { by, byPerson: true, runId, facts: { kind: 'hunt' } };
    return writer
      .append(recordsOfHunt({ ...event, action: 'hunt-started', query, tenants: asked }))
      .then(() => writer.append(recordsOfHunt({ ...event, action: 'hunt-finished', tenants: came })));
  };
  return { writer, as, hunted, noted, db, close: database.close };
};

let trail: Awaited<ReturnType<typeof aTrail>>;
let opened: OpenDatabase['close'];
beforeEach(async () => {
  trail = await aTrail();
  opened = trail.close;
});
afterEach(() => opened());

const seqs = (html: string): readonly string[] =>
  load(html)('#audit tbody tr')
    .map((_, row) => load(html)(row).attr('data-seq'))
    .get();

describe('the audit page', () => {
  it('shows an administrator all that was done with the organization’s data, also by people of others, and says so in a sentence', async () => {
    await trail.hunted('DeviceInfo | take 7', 'run-1', [fabrikam]);
    await trail.hunted('EmailEvents', 'run-2', [contoso, fabrikam, tailspin]);
    await trail.writer.append(
      recordsOfHunt({
        action: 'rows-exported',
        by: analyst,
        byPerson: true,
        runId: 'run-2',
        tenants: [{ tenantId: fabrikam, name: 'Fabrikam', rows: 5 }],
        facts: { format: 'csv', complete: true },
      }),
    );
    const { text } = await trail.as(customer).get('/audit');
    const $ = load(text);
    expect($('#audit-summary').text()).toBe(
      'In the last 30 days 1 person ran 2 queries on the data of Fabrikam: 14 rows came back, and 5 rows left in 1 export.',
    );
    expect(seqs(text)).toEqual(['5', '4', '3', '2', '1']);
    expect($('#audit').text()).toContain('Ana Lyst');
    expect($('#audit').text()).toContain('analyst@contoso.example');
    expect($('#audit').text()).toContain('Contoso');
    expect($('#audit').text()).not.toContain('Tailspin');
    // The run is somebody else's: no link leads to it.
    expect($('a[href^="/hunting/runs/"]')).toHaveLength(0);
  });

  it('shows anybody else what they did themselves alone, and says so', async () => {
    await trail.hunted('DeviceInfo', 'run-1', [contoso]);
    await trail.hunted('EmailEvents', 'run-2', [contoso], administrator);
    const { text } = await trail.as(analyst).get('/audit');
    const $ = load(text);
    expect($('.page-head').text()).toContain('What you did yourself. An administrator of Contoso sees everything');
    expect(seqs(text)).toEqual(['2', '1']);
    expect(text).not.toContain('EmailEvents');
    expect($('#audit-summary').text()).toContain('you ran 1 query');
    expect($('a[href="/hunting/runs/run-1"]').length).toBeGreaterThan(0);
    expect($('input[name=person], form[action="/audit/check"]')).toHaveLength(0);
    expect((await trail.as(analyst).post('/audit/check')).status).toBe(403);
  });

  it('never shows a record of another organization, by whatever address, page or export', async () => {
    await trail.hunted('SecretOfTailspin', 'run-9', [tailspin], aUser({ tenantId: tailspin, objectId: 'tom', name: 'Tom Tailor' }));
    await trail.hunted('DeviceInfo', 'run-1', [fabrikam]);
    for (const user of [customer, administrator, analyst])
      for (const path of ['/audit', '/audit.json', '/audit.csv', '/audit.ndjson'])
        for (const search of ['', '?run=run-9', '?text=SecretOf', '?person=tom', '?before=99', `?person=${tailspin}`]) {
          const { status, text } = await trail.as(user).get(`${path}${search}`);
          expect(status).toBe(200);
          expect(text).not.toMatch(/SecretOfTailspin|Tailor/);
        }
    expect((await trail.as(customer).get('/audit.json?run=run-9')).body).toMatchObject({ records: [] });
  });

  it('finds by person, action, text, day and run, and goes from page to page', async () => {
    for (let index = 0; index < 60; index += 1) await trail.hunted(`DeviceInfo | take ${index}`, `run-${index}`, [contoso]);
    await trail.hunted('EmailEvents', 'run-x', [contoso], administrator);
    const { get } = trail.as(administrator);
    const list = async (path: string) => (await get(path)).body.records.map(({ seq }: { seq: number }) => seq);
    expect(await list('/audit.json?person=ADA')).toEqual([122, 121]);
    expect(await list('/audit.json?person=ADA&action=hunt-finished')).toEqual([122]);
    expect(await list('/audit.json?text=take%2059')).toEqual([120, 119]);
    expect(await list('/audit.json?run=run-3')).toEqual([8, 7]);
    expect(await list('/audit.json?from=2026-11-21')).toEqual([]);
    expect(await list('/audit.json?to=2026-11-19')).toEqual([]);
    expect((await list('/audit.json?from=2026-11-20&to=2026-11-20')).length).toBe(50);
    const first = load((await get('/audit')).text);
    const older = first('a[rel=next]').attr('href')!;
    const second = await get(older);
    expect(seqs(second.text)[0]).toBe('72');
    expect(load(second.text)('a[rel=next]').attr('href')).toBe('/audit?before=23');
    expect((await get('/audit?person=&action=&text=EmailEvents&from=&to=')).headers['location']).toBe('/audit?text=EmailEvents');
    expect((await get('/audit?from=yesterday')).status).toBe(400);
    // PostgreSQL takes no NUL: it is looked for as it was kept.
    expect((await get('/audit?text=a%00b')).status).toBe(200);
    expect(load((await get('/audit?text=a%00b')).text)('#text').attr('value')).toBe('a\u2400b');
  });

  it('shows hostile text as text, folds long texts and keeps 64 KB of them', async () => {
    const long = `Events | where x == "${'é'.repeat(64 * 1024)}"`;
    await trail.hunted(`T | where x == "<script>alert(1)</script>\u202e\r\n=cmd()"`, 'run-1', [contoso], {
      ...analyst,
      name: '=HYPERLINK("x")\u202e',
    });
    await trail.hunted(long, 'run-2', [contoso]);
    const { get } = trail.as(administrator);
    const { text } = await get('/audit');
    const $ = load(text);
    expect($('#audit script')).toHaveLength(0);
    expect(text).not.toContain('\u202e');
    expect($('#audit').text()).toContain('⟨U+202E⟩');
    expect($('details.query pre').first().text()).toContain(long);
    const { text: csv } = await get('/audit.csv');
    expect(csv).toContain(`"'=HYPERLINK(""x"")\u202e"`);
    const lines = (await get('/audit.ndjson')).text.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([5, 4, 3, 2, 1]);
  });

  it('hands all of it out, streamed, and records that', async () => {
    for (let index = 0; index < 260; index += 1) await trail.hunted('DeviceInfo', `run-${index}`, [contoso]);
    const { text, headers } = await trail.as(administrator).get('/audit.csv?action=hunt-started');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="quarry-audit-2026-11-20T110000Z.csv"$/);
    expect(text.trimEnd().split('\r\n')).toHaveLength(261);
    expect(trail.noted).toMatchObject([
      {
        chain: contoso,
        action: 'audit-exported',
        actor: { objectId: 'ada' },
        facts: { format: 'csv', complete: true, records: 260, everybody: true, search: '?action=hunt-started' },
      },
    ]);
  });

  it('has the chain checked for an administrator, and names the first bad record', async () => {
    await trail.hunted('DeviceInfo', 'run-1', [contoso]);
    await trail.hunted('DeviceInfo', 'run-2', [contoso]);
    await trail.db.updateTable('audit_records').set({ row_count: 1 }).where('chain', '=', contoso).where('seq', '=', 4).execute();
    const { text, status } = await trail.as(administrator).post('/audit/check');
    expect(status).toBe(200);
    expect(load(text)('#audit-check.bad').text()).toMatch(
      /^Record 4 \(2026-11-20 10:04:00 UTC\) is the first that is not as it was written\./,
    );
    expect((await trail.as(analyst).post('/audit/check')).status).toBe(403);
  });

  it('sends whoever is not signed in to sign in', async () => {
    const options = {
      trail: createTrail(trail.db),
      append: async () => {},
      note: async () => {},
      check: () => Promise.reject(new Error()),
      clock: Date.now,
    };
    const { app } = anApp({ features: [auditRoutes(createAuditHandlers(options), options)] });
    expect((await request(app).get('/audit')).headers['location']).toContain('/auth/signin?return_to=%2Faudit');
    expect((await request(app).get('/audit.json')).status).toBe(401);
  });
});
