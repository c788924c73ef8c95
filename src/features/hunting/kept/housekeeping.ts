import type { Clock } from '../clock';
import type { HuntRecords } from '../records/hunt-records';
import type { RunStore } from '../runs/run-store';

export interface HousekeepingDeps {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly prune: () => Promise<number>;
  readonly records: Pick<HuntRecords, 'finished'>;
  /** No other process shares the database: whatever is under way at start was interrupted. */
  readonly alone: boolean;
  readonly report: (event: string, error: unknown) => void;
}

/** A run that nobody worked on for so long is nobody's: its process beats every few seconds. */
const staleMs = 45_000;
const sweepEveryMs = 30_000;
const pruneEveryMs = 10 * 60_000;

/** Marks the runs that a stopped process left behind, and removes rows that the policy no longer keeps: at start, and then for ever. */
export const createHousekeeping = ({ store, clock, prune, alone, report, records }: HousekeepingDeps) => {
  const sweep = async (ageMs: number): Promise<void> => {
    for (const id of await store.all.interruptStale(clock.now() - ageMs, clock.now())) {
      const found = await store.work.read(id);
      if (found) await records.finished(found.run.owner, found);
    }
  };
  const repeat = (work: () => Promise<unknown>, everyMs: number, event: string): NodeJS.Timeout =>
    setInterval(() => void work().catch((error: unknown) => report(event, error)), everyMs).unref();
  let timers: readonly NodeJS.Timeout[] = [];
  return Object.freeze({
    start: async (): Promise<void> => {
      await sweep(alone ? -1 : staleMs);
      await prune();
      timers = [repeat(() => sweep(staleMs), sweepEveryMs, 'sweep-failed'), repeat(prune, pruneEveryMs, 'prune-failed')];
    },
    stop: (): void => timers.forEach((timer) => clearInterval(timer)),
  });
};
