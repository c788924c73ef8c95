import { keptRowsOf } from '../../../src/features/hunting/kept/kept-rows';
import { createKeptFolder } from '../../../src/features/hunting/kept/kept-folder';
import { ledgerOf } from '../../../src/features/hunting/runs/ledger';
import { aBrokenService, type BrokenService, type Fault, type Manner } from './a-broken-service';
import { aHunt, eventsBetween, tenants, type Hunt } from './a-hunt';
import { fc } from '../../support/properties';

/** The same drills each time, or as many new ones as are asked for: DRILLS=5000. */
const wanted = process.env['DRILLS'];
const drills = wanted === undefined ? { numRuns: 150, seed: 20_261_123 } : { numRuns: Number(wanted) };
const rowLimit = 60;

interface Site {
  readonly hunt: Hunt;
  readonly service: BrokenService;
  /** The process that is alive: the one before it died. */
  hunting: Hunt['hunting'];
}

/** What is kept of a run, as `tenant:id`, and what its ledger says. */
const stateOf = async ({ hunt, hunting }: Site, id: string) => {
  const { run, slices } = await hunting.service.find(hunt.user, id);
  const kept = createKeptFolder({ dataDir: hunt.dataDir, leastFreeBytes: 0 });
  const lines = await hunt.engine.linesOf(keptRowsOf(slices, kept));
  const ids = lines.map((line) => {
    const values = JSON.parse(line) as unknown[];
    return `${values.length > 2 ? String(values[1]) : run.owner.tenantId}:${String(values.at(-1))}`;
  });
  return { run, slices, ids, ledger: ledgerOf(run, slices) };
};

type Action = 'retry' | 'slices';

/** Until the run is at rest, or the process that works on it has died; then the next one takes up what it left. */
const rest = async (site: Site, id: string): Promise<void> => {
  const died = new Promise<void>((resolve) => (site.service.onDeath = resolve));
  if (!site.service.dead) await Promise.race([site.hunting.executor.settled(id), died]);
  if (!site.service.dead) return;
  // What it was still writing comes to rest; none of its calls ever answers.
  await new Promise((resolve) => setTimeout(resolve, 20));
  site.service.faults.splice(0);
  site.service.dead = false;
  site.hunting = site.hunt.again(site.service.asCalled());
  await site.hunting.start();
};

const act = async (site: Site, id: string, action: Action): Promise<void> => {
  // Nothing missing, or nothing to slice: refused, and no harm done.
  await site.hunting.continuation[action === 'retry' ? 'retry' : 'fetchAll'](site.hunt.user, id).catch(() => undefined);
  await rest(site, id);
};

const place = fc.double({ min: 0, max: 1, noNaN: true });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('reset' as const, 'early-end' as const, 'noise' as const), at: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall' as const), at: place }) },
  // Limits are round numbers. (A service that says nothing at all, and shows nothing of what it has, cannot be found out.)
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), rows: fc.constantFrom(1, 10, 100), says: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), rows: fc.nat({ max: 59 }), says: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.constantFrom<Fault>({ kind: 'html' }, { kind: 'unsent' }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'status', status: 429, retryAfter: 1 },
      { kind: 'status', status: 429, retryAfter: 3_600 },
      { kind: 'status', status: 429 },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 504 },
      { kind: 'status', status: 403 },
      { kind: 'status', status: 401 },
      { kind: 'status', status: 401, claims: true },
    ),
  },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'dies' }) },
);

const manner: fc.Arbitrary<Manner> = fc.record({
  schema: fc.constantFrom('first' as const, 'last' as const),
  capitals: fc.boolean(),
  piece: fc.constantFrom(5, 64, 4_096),
});

const script = fc.record({
  // Milliseconds between events: the second one puts them on the very bounds of time slices.
  step: fc.constantFrom(7_777_777, (30 * 86_400_000) / 128),
  rows: fc.array(fc.oneof(fc.integer({ min: 0, max: 128 }), fc.constantFrom(0, 1, 10, 59, 60, 61, 100)), { minLength: 1, maxLength: 3 }),
  faults: fc.array(fault, { maxLength: 14 }),
  actions: fc.array(fc.constantFrom<Action>('retry', 'slices'), { maxLength: 4 }),
  /** Cancelled as this call arrives. */
  cancelAt: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 3 }),
  manner,
});

type Script = typeof script extends fc.Arbitrary<infer T> ? T : never;

const begin = async (site: Site, drill: Script) => {
  const { hunt, service } = site;
  const chosen = tenants.slice(0, drill.rows.length);
  hunt.clock.pass(3_600_000);
  const from = new Date(hunt.clock.now() - 30 * 86_400_000).toISOString();
  chosen.forEach(({ tenantId }, index) => service.events.set(tenantId, eventsBetween(from, drill.rows[index]!, drill.step)));
  const truth = chosen.flatMap(({ tenantId }, index) => Array.from({ length: drill.rows[index]! }, (_, id) => `${tenantId}:${id}`));
  service.manner = drill.manner;
  service.faults.splice(0, Infinity, ...drill.faults);
  const made = await site.hunting.service.create(hunt.user, {
    query: 'Events',
    timespan: 'P30D',
    tenants: chosen.map(({ tenantId }) => tenantId),
  });
  if (!made.ok) throw new Error('refused');
  const before = service.calls;
  service.onCall = (count) => {
    if (drill.cancelAt !== null && count - before === drill.cancelAt) site.hunting.executor.cancel(made.runId);
  };
  await rest(site, made.runId);
  service.onCall = () => undefined;
  return { id: made.runId, truth };
};

/** Nothing is doubled or made up, and complete is said of the whole truth alone. */
const judge = async (site: Site, id: string, truth: readonly string[]) => {
  const state = await stateOf(site, id);
  const known = new Set(truth);
  expect(new Set(state.ids).size).toBe(state.ids.length);
  expect(state.ids.every((one) => known.has(one))).toBe(true);
  if (state.ledger.verdict === 'complete') expect(state.ids.length).toBe(truth.length);
  return state;
};

const drillOnce = async (site: Site, drill: Script): Promise<string> => {
  const { id, truth } = await begin(site, drill);
  const first = await judge(site, id, truth);
  for (const action of drill.actions) {
    await act(site, id, action);
    await judge(site, id, truth);
  }
  site.service.faults.splice(0);
  for (const action of ['retry', 'slices', 'slices'] as const) await act(site, id, action);
  const last = await judge(site, id, truth);
  if (last.ledger.verdict !== 'unknown') expect(last.ledger.verdict).toBe('complete');
  return `${first.ledger.verdict} ${last.ledger.verdict}`;
};

describe('whatever a service does', () => {
  it(
    'no row is lost or doubled, and complete is said of a whole answer alone',
    async () => {
      const service = aBrokenService({ rowLimit });
      const hunt = await aHunt({ rowLimit, provider: service.asCalled() });
      const site: Site = { hunt, service, hunting: hunt.hunting };
      const ends = new Map<string, number>();
      try {
        await fc.assert(
          fc.asyncProperty(script, async (drill) => {
            const end = await drillOnce(site, drill);
            ends.set(end, (ends.get(end) ?? 0) + 1);
          }),
          { endOnFailure: true, ...drills },
        );
        const ended = (verdict: string): number =>
          [...ends].reduce((sum, [key, count]) => (key.endsWith(` ${verdict}`) ? sum + count : sum), 0);
        if (wanted !== undefined) process.stdout.write(`${JSON.stringify(Object.fromEntries(ends))}, ${service.calls} calls\n`);
        expect(ended('complete')).toBeGreaterThan(ended('unknown') * 2);
        expect(ended('partial')).toBe(0);
        expect(hunt.reported).toEqual([]);
      } finally {
        service.bury();
        if (site.hunting !== hunt.hunting) await site.hunting.stop();
        await hunt.close();
      }
    },
    wanted === undefined ? 120_000 : 7_200_000,
  );
});
