import { aHunt, eventsBetween, tenants, type Hunt } from '../hunting/a-hunt';
import { anAnalyst } from '../hunting/an-analyst';
import { load } from 'cheerio';
import { AppError } from '../../../src/errors';
import type { HuntEvent } from '../../../src/features/hunting/ports';
import { recordsOfHunt } from '../../../src/features/audit/hunt-events';
import type { TenantId } from '../../../src/http/current-user';

let hunt: Hunt;
afterEach(() => hunt.close());

const refusing = (action: string) => (event: HuntEvent) =>
  event.action === action
    ? Promise.reject(new AppError({ kind: 'unavailable', code: 'audit-unavailable', publicMessage: 'The audit trail does not answer.' }))
    : Promise.resolve();

const begin = async (overrides: Parameters<typeof aHunt>[0] = {}) => {
  hunt = await aHunt(overrides);
  for (const { tenantId } of tenants) hunt.world.events.set(tenantId, eventsBetween('2026-01-30T00:00:00Z', 5, 1_000));
  const told = () => hunt.recorded.splice(0).map(({ action }) => action);
  return { ...anAnalyst(hunt), told };
};

const [a, b, c] = tenants.map(({ tenantId }) => tenantId) as unknown as [TenantId, TenantId, TenantId];

/** What was broken off is recorded after its connection is. */
const recorded = async (): Promise<void> => {
  while (hunt.recorded.length === 0) await new Promise((resolve) => setImmediate(resolve));
};

describe('what hunting tells the audit trail', () => {
  it('is one event when a query starts and one when it has ended', async () => {
    const { run, told } = await begin();
    await run({ query: 'Events | take 3' });
    expect(hunt.recorded).toMatchObject([
      { action: 'hunt-started', by: hunt.user, query: 'Events | take 3', tenants: [{ tenantId: a }] },
      { action: 'hunt-finished', by: hunt.user, tenants: [{ tenantId: a, rows: 5, verdict: 'complete', state: 'done', cut: null }] },
    ]);
    told();
  });

  it('comes before the first call, and there is no run and no call where it cannot be written; the text stays in the form', async () => {
    const order: string[] = [];
    const { post } = await begin({ record: async ({ action }) => void order.push(`${action} after ${hunt.world.calls.length} calls`) });
    await post('/hunting/runs', { query: 'Events' });
    await hunt.hunting.stop();
    expect(order[0]).toBe('hunt-started after 0 calls');
    await hunt.close();

    const { post: again, get } = await begin({ record: refusing('hunt-started') });
    const answer = await again('/hunting/runs', { query: 'Events | take 77', timespan: 'P7D' });
    expect(answer.status).toBe(503);
    const $ = load(answer.text);
    expect($('textarea[name=query]').text()).toContain('Events | take 77');
    expect($('select[name=timespan] option[selected]').attr('value')).toBe('P7D');
    expect($('main').text()).toContain('Not run. The audit trail does not answer.');
    expect(load((await get('/hunting/history')).text)('#history')).toHaveLength(0);
    expect(hunt.world.calls).toHaveLength(0);
  });

  it('is one event for a run asked again, fetched in slices, or explained, each before its calls', async () => {
    const { post, run, told } = await begin({ rowLimit: 4 });
    hunt.world.troubles.push('forbidden');
    const path = await run({ query: 'Events' });
    expect(told()).toEqual(['hunt-started', 'hunt-finished']);
    hunt.world.troubles.push('forbidden');
    await post(`${path}/retry`);
    await hunt.hunting.executor.settled(path.split('/').pop()!);
    expect(hunt.recorded.map(({ action, facts }) => [action, facts['again']])).toEqual([
      ['hunt-started', 'retry'],
      ['hunt-finished', undefined],
    ]);
    told();
    const explained = await post(`${path}/explain`);
    await hunt.hunting.executor.settled(String(explained.headers['location']).split('/').pop()!);
    expect(hunt.recorded.map(({ action, facts }) => [action, facts['kind']])).toEqual([
      ['hunt-started', 'explain'],
      ['hunt-finished', 'explain'],
    ]);
  });

  it('is one start for a form that is sent many times at once, and for a button that is pressed many times', async () => {
    const { post, told, get } = await begin();
    hunt.world.troubles.push('forbidden');
    const once = String(load((await get('/hunting')).text)('form#hunt input[name=once]').attr('value'));
    const form = { query: 'Events', once };
    const answers = await Promise.all(Array.from({ length: 6 }, () => post('/hunting/runs', form)));
    const paths = new Set(answers.map(({ headers }) => String(headers['location'])));
    expect(paths.size).toBe(1);
    const [path] = [...paths];
    await hunt.hunting.executor.settled(path!.split('/').pop()!);
    expect(told()).toEqual(['hunt-started', 'hunt-finished']);
    await Promise.all(Array.from({ length: 4 }, () => post(`${path}/retry`)));
    await hunt.hunting.executor.settled(path!.split('/').pop()!);
    expect(told()).toEqual(['hunt-started', 'hunt-finished']);
  });

  it('asks nothing again where that cannot be written', async () => {
    let refused = false;
    const { post, run, get } = await begin({ record: (event) => (refused ? refusing('hunt-started')(event) : Promise.resolve()) });
    hunt.world.troubles.push('forbidden');
    const path = await run({ query: 'Events' });
    const calls = hunt.world.calls.length;
    refused = true;
    expect((await post(`${path}/retry`)).status).toBe(503);
    expect((await post(`${path}/explain`)).status).toBe(503);
    expect(hunt.world.calls).toHaveLength(calls);
    expect((await get(`${path}.json`)).body).toMatchObject({ state: 'failed' });
  });

  it('is a cancel when somebody cancels, and the end of the run besides', async () => {
    const { post, told } = await begin();
    hunt.world.troubles.push('hang');
    const path = String((await post('/hunting/runs', { query: 'Events' })).headers['location']);
    await post(`${path}/cancel`);
    await post(`${path}/cancel`);
    expect(told().sort()).toEqual(['hunt-cancelled', 'hunt-finished', 'hunt-started']);
  });

  it('is one event for a refinement, before it can be seen; where that cannot be written there is none, and the text stays', async () => {
    let refused = false;
    const kept: HuntEvent[] = [];
    const record = async (event: HuntEvent) => {
      if (refused) await refusing('rows-refined')(event);
      kept.push(event);
    };
    const { post, run, get } = await begin({ record });
    const path = await run({ query: 'Events', tenants: [a, b] });
    kept.splice(0);
    expect((await post(`${path}/refine`, { query: 'Results | count' })).status).toBe(303);
    expect(kept).toMatchObject([
      {
        action: 'rows-refined',
        query: 'Results | count',
        tenants: [{ tenantId: a }, { tenantId: b }],
        facts: { rows: 1, parent: path.split('/').pop() },
      },
    ]);
    refused = true;
    const answer = await post(`${path}/refine`, { query: 'Results | take 7' });
    expect(answer.status).toBe(503);
    expect(load(answer.text)('textarea[name=query]').text()).toContain('Results | take 7');
    expect(load((await get('/hunting/history')).text)('#history tbody tr')).toHaveLength(2);
  });

  it.each(['csv', 'json', 'ndjson', 'parquet', 'xlsx'])(
    'is one event for an export as %s, with the rows of each organization',
    async (format) => {
      const { run, told, get } = await begin();
      hunt.world.events.set(b, eventsBetween('2026-01-30T00:00:00Z', 2, 1_000));
      const path = await run({ query: 'Events', tenants: [a, b] });
      told();
      expect((await get(`${path}/results.${format}`)).status).toBe(200);
      expect(hunt.recorded).toMatchObject([
        {
          action: 'rows-exported',
          facts: { format, complete: true },
          tenants: [
            { tenantId: a, rows: 5 },
            { tenantId: b, rows: 2 },
          ],
        },
      ]);
    },
  );

  it('is one event for an evidence pack', async () => {
    const { run, told, get } = await begin();
    const path = await run({ query: 'Events' });
    told();
    expect((await get(`${path}/evidence.zip`)).status).toBe(200);
    expect(hunt.recorded).toMatchObject([
      { action: 'rows-exported', facts: { format: 'evidence', complete: true }, tenants: [{ rows: 5 }] },
    ]);
  });

  it('says of an export that was broken off how many rows can have left at most, the first ones', async () => {
    const halfway = async function* () {
      yield ['[1]', '[2]', '[3]', '[4]', '[5]', '[6]'];
      throw new Error('the engine has ended');
    };
    const { run, told, get } = await begin();
    const engine = hunt.engine;
    const path = await run({ query: 'Events', tenants: [a, b] });
    told();
    engine.exports.rows = halfway as never;
    await get(`${path}/results.json`).catch(() => undefined);
    await recorded();
    expect(hunt.recorded).toMatchObject([
      {
        action: 'rows-exported',
        facts: { format: 'json', complete: false },
        tenants: [
          { tenantId: a, rows: 5 },
          { tenantId: b, rows: 1 },
        ],
      },
    ]);
  });

  it.each(['csv', 'parquet', 'xlsx', 'evidence'])(
    'comes before the last byte of an export as %s: where it cannot be written nobody has a whole file',
    async (format) => {
      const told: (boolean | undefined)[] = [];
      const record = async ({ action, facts }: HuntEvent): Promise<void> => {
        if (action !== 'rows-exported') return;
        told.push(facts['complete'] as boolean);
        if (facts['complete'] === true) await refusing(action)({ action } as HuntEvent);
      };
      const { run, get } = await begin({ record });
      const path = await run({ query: 'Events' });
      const asked = get(`${path}/${format === 'evidence' ? 'evidence.zip' : `results.${format}`}`);
      const end = await asked.then(
        ({ status, headers }) => [status, headers['content-disposition']],
        () => 'broken off',
      );
      // What fits into one chunk has not begun to leave.
      expect(end).toEqual(format === 'parquet' ? [503, undefined] : 'broken off');
      while (format !== 'parquet' && told.length < 2) await new Promise((resolve) => setImmediate(resolve));
      expect(told).toEqual(format === 'parquet' ? [true] : [true, false]);
    },
  );
});

describe('the records of an event', () => {
  const event = {
    action: 'hunt-finished',
    by: {
      tenantId: a,
      objectId: 'ana',
      name: 'Ana',
      username: 'ana@contoso.example',
      tenantName: 'Contoso',
      sessionId: 'secret',
      roles: [],
    },
    byPerson: true,
    runId: 'r1',
    tenants: [
      { tenantId: b, name: 'Fabrikam', rows: 3, verdict: 'complete' },
      { tenantId: c, name: 'Tailspin', rows: 4, verdict: 'partial' },
    ],
    facts: { durationMs: 5 },
  } as const;

  it('stand in the chain of each organization whose data is concerned, and in the person’s own', () => {
    expect(recordsOfHunt(event).map(({ chain, ownData, rows }) => ({ chain, ownData, rows }))).toEqual([
      { chain: b, ownData: true, rows: 3 },
      { chain: c, ownData: true, rows: 4 },
      { chain: a, ownData: false, rows: null },
    ]);
  });

  it('tell no organization of another, and nobody of a session', () => {
    const [first, second, own] = recordsOfHunt(event).map((record) => JSON.stringify(record));
    expect(first).not.toMatch(/Tailspin|44444444/);
    expect(second).not.toMatch(/Fabrikam|33333333/);
    expect(first).toContain('Contoso');
    expect(own).toMatch(/Fabrikam.*Tailspin/);
    expect([first, second, own].join()).not.toContain('secret');
  });

  it('are one where the organization is the person’s own', () => {
    const own = { ...event, tenants: [{ tenantId: a, name: 'Contoso', rows: 1 }] };
    expect(recordsOfHunt(own)).toMatchObject([{ chain: a, ownData: true, rows: 1 }]);
  });
});
