import { setMaxListeners } from 'node:events';
import { openDatabase, type OpenDatabase } from '../../../../src/database/database';
import { createBudget } from '../../../../src/features/hunting/budget/budget';
import { defaultRules, mdeRules, type BudgetRules } from '../../../../src/features/hunting/budget/budget-rules';
import { createCallLedger } from '../../../../src/features/hunting/budget/call-ledger';
import { aClock } from '../a-hunt';

const never = new AbortController().signal;
setMaxListeners(0, never);

let database: OpenDatabase;
beforeEach(async () => {
  database = await openDatabase({ kind: 'sqlite', file: ':memory:' });
});
afterEach(() => database.close());

/** An instance's budget over the one database. */
const aBudget = (clock = aClock(), rules: BudgetRules = defaultRules) =>
  createBudget({ rules, ledger: createCallLedger(database.db, rules), clock });

const call = (make: () => Promise<unknown>, ms?: number) => ({ make, workedMs: () => ms });
const nothing = call(() => Promise.resolve(), 0);

describe('a tenant’s budget', () => {
  it('lets 45 calls through in any minute and no more, over two instances and a restart', async () => {
    const clock = aClock();
    const instances = [aBudget(clock), aBudget(clock)];
    const times: number[] = [];
    const made = call(() => Promise.resolve(times.push(clock.now())), 0);
    for (let count = 0; count < 100; count += 1) await instances[count % 2]!.call('a', never, made);
    const restarted = aBudget(clock);
    for (let count = 0; count < 50; count += 1) await restarted.call('a', never, made);
    for (const time of times) expect(times.filter((other) => other >= time && other < time + 60_000).length).toBeLessThanOrEqual(45);
    expect(times.at(-1)! - times[0]!).toBeLessThanOrEqual(4 * 60_000);
  });

  it('waits alone when it is throttled, on every instance', async () => {
    const clock = aClock();
    const [one, two] = [aBudget(clock), aBudget(clock)];
    const started = clock.now();
    await one.pause('a', 30);
    await one.pause('a', 5);
    await two.call('b', never, nothing);
    expect(clock.now()).toBe(started);
    await two.known(['a', 'b']);
    expect(two.outlook('a').pausedMs).toBe(30_000);
    expect(two.outlook('b')).toMatchObject({ callsLeft: 44, of: 45, pausedMs: 0 });
    await two.call('a', never, nothing);
    expect(clock.now() - started).toBeGreaterThanOrEqual(30_000);
  });

  it('tells how long the service worked, and keeps to the run time that a service publishes', async () => {
    const clock = aClock();
    const budget = aBudget(clock, mdeRules);
    const started = clock.now();
    for (let count = 0; count < 4; count += 1) {
      await budget.call(
        'a',
        never,
        call(() => Promise.resolve(), 150_000),
      );
      clock.pass(1_000);
    }
    expect(budget.outlook('a')).toMatchObject({ workedMs: 600_000, workLeftMs: 0 });
    await budget.call('a', never, nothing);
    expect(clock.now() - started).toBeGreaterThanOrEqual(3_540_000);
    const other = aBudget(clock);
    await other.call(
      'b',
      never,
      call(() => Promise.resolve(clock.pass(7_000))),
    );
    expect(other.outlook('b')).toMatchObject({ workedMs: 7_000, workLeftMs: null });
  });

  it('holds two places for each tenant, and a caller who leaves the queue takes none', async () => {
    const budget = aBudget();
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

  it('keeps to 32 calls at a time over all tenants, and a tenant that waits takes nobody’s place', async () => {
    const budget = aBudget();
    let inside = 0;
    let most = 0;
    const leaving = new AbortController();
    await budget.pause('throttled', 86_400);
    const waiting = Array.from({ length: 40 }, () => budget.call('throttled', leaving.signal, nothing).catch(() => 'left'));
    let fill = (): void => undefined;
    const full = new Promise<void>((resolve) => (fill = resolve));
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      if (inside === 32) fill();
      // Nobody leaves before all places are taken; then whoever were one too many has a moment to come in.
      await full;
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 100 }, (_, tenant) => budget.call(String(tenant), never, call(work, 0))));
    expect(most).toBe(32);
    leaving.abort();
    await Promise.all(waiting);
  });
});
