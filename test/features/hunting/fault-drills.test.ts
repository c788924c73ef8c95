import fc from 'fast-check';
import { keptRowsOf } from '../../../src/features/hunting/kept/kept-rows';
import { createKeptFolder } from '../../../src/features/hunting/kept/kept-folder';
import { ledgerOf } from '../../../src/features/hunting/runs/ledger';
import { aHunt, eventsBetween, tenants, type Hunt } from './a-hunt';
import type { Trouble } from './a-world';

const troubles: readonly Trouble[] = [
  'none',
  '429',
  '429-long',
  '500',
  'reset',
  'truncated',
  'slow',
  'forbidden',
  'token',
  'claims',
  'cut',
];

/** What is kept of a run, as `tenant:id`, and what its ledger says. */
const stateOf = async (hunt: Hunt, id: string) => {
  const { run, slices } = await hunt.hunting.service.find(hunt.user, id);
  const kept = createKeptFolder({ dataDir: hunt.dataDir, leastFreeBytes: 0 });
  const lines = await hunt.engine.linesOf(keptRowsOf(slices, kept));
  const ids = lines.map((line) => {
    const values = JSON.parse(line) as unknown[];
    return `${values.length > 2 ? String(values[1]) : run.owner.tenantId}:${String(values.at(-1))}`;
  });
  return { run, slices, ids, ledger: ledgerOf(run, slices) };
};

const act = async (hunt: Hunt, id: string, action: 'retry' | 'slices'): Promise<void> => {
  // Nothing missing, or nothing to slice: refused, and no harm done.
  await hunt.hunting.continuation[action === 'retry' ? 'retry' : 'fetchAll'](hunt.user, id).catch(() => undefined);
  await hunt.hunting.executor.settled(id);
};

/** Milliseconds between events: the second one puts them on the very bounds of time slices. */
const steps = [7_777_777, (30 * 86_400_000) / 128];

const script = fc.record({
  step: fc.constantFrom(...steps),
  rows: fc.array(fc.integer({ min: 0, max: 128 }), { minLength: 1, maxLength: 3 }),
  troubles: fc.array(fc.constantFrom(...troubles), { maxLength: 14 }),
  actions: fc.array(fc.constantFrom('retry' as const, 'slices' as const), { maxLength: 4 }),
});

describe('whatever a service does', () => {
  it('no row is lost or doubled, and complete is said of a whole answer alone', async () => {
    const hunt = await aHunt({ rowLimit: 60 });
    let completed = 0;
    try {
      await fc.assert(
        fc.asyncProperty(script, async (drill) => {
          const asked = tenants.slice(0, drill.rows.length);
          hunt.clock.pass(3_600_000);
          const from = new Date(hunt.clock.now() - 30 * 86_400_000).toISOString();
          asked.forEach(({ tenantId }, index) => hunt.world.events.set(tenantId, eventsBetween(from, drill.rows[index]!, drill.step)));
          const truth = asked.flatMap(({ tenantId }, index) => Array.from({ length: drill.rows[index]! }, (_, id) => `${tenantId}:${id}`));
          hunt.world.troubles.splice(0, Infinity, ...drill.troubles);
          const made = await hunt.hunting.service.create(hunt.user, {
            query: 'Events',
            timespan: 'P30D',
            tenants: asked.map(({ tenantId }) => tenantId),
          });
          if (!made.ok) throw new Error('refused');
          await hunt.hunting.executor.settled(made.runId);
          for (const action of [...drill.actions, undefined]) {
            const state = await stateOf(hunt, made.runId);
            expect(new Set(state.ids).size).toBe(state.ids.length);
            expect(state.ids.every((id) => truth.includes(id))).toBe(true);
            if (state.ledger.verdict === 'complete') expect(state.ids.toSorted()).toEqual(truth.toSorted());
            if (action) await act(hunt, made.runId, action);
          }
          hunt.world.troubles.splice(0);
          for (const action of ['retry', 'slices', 'slices'] as const) await act(hunt, made.runId, action);
          const last = await stateOf(hunt, made.runId);
          if (last.ledger.verdict === 'complete') completed += 1;
          if (last.ledger.verdict !== 'unknown') expect([last.ledger.verdict, last.ids.toSorted()]).toEqual(['complete', truth.toSorted()]);
        }),
        { numRuns: 40 },
      );
      expect(completed).toBeGreaterThan(15);
      expect(hunt.reported).toEqual([]);
    } finally {
      await hunt.close();
    }
  }, 60_000);
});
