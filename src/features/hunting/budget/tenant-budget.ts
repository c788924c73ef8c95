import type { BudgetRules } from './budget';
import type { Clock } from '../clock';
import { Abandoned, createGate } from './gate';

/** Calls to one tenant: how many at a time, how many in a stretch of time, and since when it asked to be left alone. */
export const createTenantBudget = (rules: BudgetRules, clock: Clock) => {
  const gate = createGate(rules.perTenant);
  const longest = Math.max(...rules.windows.map((window) => window.perMs));
  /** Times of the calls that may still count, oldest first. */
  let calls: readonly number[] = [];
  let pausedUntil = 0;
  /** Callers take their turn one after another, so that the first to come is the first to call. */
  let turn: Promise<void> = Promise.resolve();

  const forget = (): void => {
    const oldest = clock.now() - longest;
    calls = calls.filter((time) => time > oldest);
  };

  const waitMs = (): number => {
    forget();
    const now = clock.now();
    const waits = rules.windows.map((window) => {
      const limiting = calls[calls.length - window.calls];
      return limiting === undefined ? 0 : limiting + window.perMs - now;
    });
    return Math.max(0, pausedUntil - now, ...waits);
  };

  const awaitTurn = async (signal: AbortSignal): Promise<void> => {
    for (let wait = waitMs(); wait > 0; wait = waitMs()) await clock.sleep(Math.min(wait, 5_000), signal);
    if (signal.aborted) throw new Abandoned();
    calls = [...calls, clock.now()];
  };

  return Object.freeze({
    enter: gate.enter,
    takeTurn: (signal: AbortSignal): Promise<void> => {
      const mine = turn.then(() => awaitTurn(signal));
      turn = mine.catch(() => undefined);
      return mine;
    },
    pause: (seconds: number): void => {
      pausedUntil = Math.max(pausedUntil, clock.now() + seconds * 1_000);
    },
    outlook: () => {
      forget();
      const now = clock.now();
      const left = rules.windows.map((window) => window.calls - calls.filter((time) => time > now - window.perMs).length);
      return { callsLeft: Math.max(0, Math.min(...left)), of: rules.windows[0]!.calls, pausedMs: Math.max(0, pausedUntil - now) };
    },
  });
};

export type TenantBudget = ReturnType<typeof createTenantBudget>;
