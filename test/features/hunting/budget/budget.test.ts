import { setMaxListeners } from 'node:events';
import { createBudget, defaultRules } from '../../../../src/features/hunting/budget/budget';
import { aClock } from '../a-hunt';

const never = new AbortController().signal;
setMaxListeners(0, never);

describe('a tenant’s budget', () => {
  it('lets 45 calls through in any minute, and no more', async () => {
    const clock = aClock();
    const budget = createBudget(defaultRules, clock);
    const times: number[] = [];
    for (let call = 0; call < 150; call += 1) await budget.call('a', never, () => Promise.resolve(times.push(clock.now())));
    for (const time of times) expect(times.filter((other) => other >= time && other < time + 60_000).length).toBeLessThanOrEqual(45);
    expect(times.at(-1)! - times[0]!).toBeLessThanOrEqual(4 * 60_000);
  });

  it('waits alone when it is throttled', async () => {
    const clock = aClock();
    const budget = createBudget(defaultRules, clock);
    const started = clock.now();
    budget.pause('a', 30);
    await budget.call('b', never, () => Promise.resolve());
    expect(clock.now()).toBe(started);
    expect(budget.outlook('a').pausedMs).toBe(30_000);
    await budget.call('a', never, () => Promise.resolve());
    expect(clock.now() - started).toBeGreaterThanOrEqual(30_000);
    expect(budget.outlook('b')).toMatchObject({ callsLeft: 44, of: 45, pausedMs: 0 });
  });

  it('holds two places for each tenant, and a caller who leaves the queue takes none', async () => {
    const budget = createBudget(defaultRules, aClock());
    let inside = 0;
    let most = 0;
    const leaving = new AbortController();
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    const staying = Array.from({ length: 5 }, () => budget.hold('a', never, work));
    const left = budget.hold('a', leaving.signal, work);
    leaving.abort();
    await expect(left).rejects.toThrow('abandoned');
    await Promise.all(staying);
    expect(most).toBe(2);
    await budget.hold('a', never, work);
  });

  it('keeps to 32 calls at a time over all tenants', async () => {
    const budget = createBudget(defaultRules, aClock());
    let inside = 0;
    let most = 0;
    const call = (tenant: number): Promise<void> =>
      budget.call(String(tenant), never, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 100 }, (_, tenant) => call(tenant)));
    expect(most).toBe(32);
  });
});
