import { load } from 'cheerio';
import { aFolder } from '../support/a-folder';
import { aHunter, type HuntedRun } from '../support/a-hunter';
import { aQuarry, type Quarry } from '../support/a-quarry';

const query = 'DeviceProcessEvents | project Timestamp, DeviceId, ReportId';
const folder = aFolder();
let quarry: Quarry;
let hunter: Awaited<ReturnType<typeof aHunter>>;
let whole: HuntedRun;

const drills = async (drill?: object): Promise<void> => {
  await fetch(`${quarry.labUrl}/lab/drills`, { method: 'DELETE' });
  if (!drill) return;
  const body = JSON.stringify({ service: 'hunting', times: 1, ...drill });
  const answer = await fetch(`${quarry.labUrl}/lab/drills`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`no drill: ${answer.status}`);
};
const callsSoFar = async (): Promise<number> => {
  const calls = (await (await fetch(`${quarry.labUrl}/lab/calls`)).json()) as { service: string }[];
  return calls.filter(({ service }) => service === 'hunting').length;
};

beforeAll(async () => {
  quarry = await aQuarry(folder);
  hunter = await aHunter(quarry);
  whole = await hunter.hunt(query);
});
afterAll(() => quarry.close());
afterEach(() => drills());

/** On a page, in JSON and in a file at once: no way shows a part as the whole. */
const expectNowhereComplete = async (run: HuntedRun): Promise<void> => {
  expect(run.ledger.verdict).not.toBe('complete');
  const path = `/hunting/runs/${run.id}`;
  const page = load(await (await hunter.get(path)).text());
  expect(page('#ledger').attr('data-verdict')).toBe(run.ledger.verdict);
  for (const format of ['csv', 'ndjson', 'json']) {
    const file = await hunter.get(`${path}/results.${format}`);
    expect(file.headers.get('x-result-complete')).toBe('false');
    expect(file.headers.get('content-disposition')).toContain('incomplete-');
    await file.text();
  }
};

describe('with nothing wrong', () => {
  it('the answer is complete', () => {
    expect(whole).toMatchObject({ state: 'done', ledger: { verdict: 'complete' } });
    expect(whole.rows).toBeGreaterThan(100);
  });
});

describe('one fault', () => {
  it.each(['429', '500', '504', 'truncate', 'html', 'reset', 'claims'])(
    '%s is overcome, and the answer is the whole one',
    async (fault) => {
      await drills({ fault, retryAfter: 1 });
      const before = await callsSoFar();
      const run = await hunter.hunt(query);
      expect(run).toMatchObject({ state: 'done', rows: whole.rows, ledger: { verdict: 'complete' } });
      expect(await callsSoFar()).toBe(before + 2);
    },
  );

  it('cut is found out by a count, and time slices fetch the rest', async () => {
    await drills({ fault: 'cut' });
    const run = await hunter.hunt(query);
    expect(run.ledger.tenants[0]?.cut).toBe('rows');
    await expectNowhereComplete(run);
    expect((await hunter.post(`/hunting/runs/${run.id}/slices`)).status).toBe(303);
    const all = await hunter.finished(`/hunting/runs/${run.id}`);
    expect(all).toMatchObject({ rows: whole.rows, ledger: { verdict: 'complete' } });
  });

  it('consent withdrawn ends the run without another call', async () => {
    await drills({ fault: 'consent' });
    const before = await callsSoFar();
    const run = await hunter.hunt(query);
    expect(run).toMatchObject({ state: 'failed', rows: 0 });
    expect(await callsSoFar()).toBe(before + 1);
    await expectNowhereComplete(run);
  });

  it('a wait beyond reason is not waited for', async () => {
    await drills({ fault: '429', retryAfter: 3_600 });
    const run = await hunter.hunt(query);
    expect(run.ledger.tenants[0]?.cut).toBe('quota');
    await expectNowhereComplete(run);
  });

  it('a stall can be cancelled, and no further call is sent', async () => {
    await drills({ fault: 'stall' });
    const before = await callsSoFar();
    const path = await hunter.begin(query);
    while ((await callsSoFar()) === before) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await hunter.post(`${path}/cancel`)).status).toBe(303);
    const run = await hunter.read(path);
    expect(run).toMatchObject({ state: 'cancelled', rows: 0 });
    expect(run.ledger.tenants[0]?.error).toContain('may still be working');
    await expectNowhereComplete(run);
    expect(await callsSoFar()).toBe(before + 1);
  });
});

describe('a fault that stays', () => {
  it.each(['500', 'truncate'])('%s ends in a failure that can be asked again', async (fault) => {
    await drills({ fault, times: 3 });
    const run = await hunter.hunt(query);
    expect(run).toMatchObject({ state: 'failed', rows: 0 });
    await expectNowhereComplete(run);
    await hunter.post(`/hunting/runs/${run.id}/retry`);
    expect(await hunter.finished(`/hunting/runs/${run.id}`)).toMatchObject({ rows: whole.rows, ledger: { verdict: 'complete' } });
  });
});
