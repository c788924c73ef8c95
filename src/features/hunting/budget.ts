import { Abandoned, createGate } from './gate';

/** What a tenant's service allows, and what we allow ourselves. */
export interface BudgetRules {
  /** Each: at most so many calls in any span of so many milliseconds. */
  readonly windows: readonly { readonly calls: number; readonly perMs: number }[];
  readonly perTenant: number;
  readonly processWide: number;
}

export const defaultRules: BudgetRules = { windows: [{ calls: 45, perMs: 60_000 }], perTenant: 2, processWide: 32 };
/** Defender for Endpoint counts the hour too. */
export const mdeRules: BudgetRules = { ...defaultRules, windows: [...defaultRules.windows, { calls: 1_500, perMs: 3_600_000 }] };

export interface Clock {
  now(): number;
  /** Rejects with Abandoned when the signal says so. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Abandoned());
      const finish = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      const abort = (): void => {
        clearTimeout(timer);
        reject(new Abandoned());
      };
      signal?.addEventListener('abort', abort, { once: true });
    }),
};

interface TenantBudget {
  readonly gate: ReturnType<typeof createGate>;
  /** Times of the calls that may still count, oldest first. */
  calls: number[];
  pausedUntil: number;
  /** Callers take their turn one after another, so that the first to come is the first to call. */
  turn: Promise<void>;
}

/**
 * The calls that each tenant may still receive. Every call enters here: at most `perTenant` at a time and no more than the
 * windows allow for one tenant, `processWide` for all; a tenant that is throttled waits alone.
 */
export const createBudget = (rules: BudgetRules, clock: Clock = systemClock) => {
  const tenants = new Map<string, TenantBudget>();
  const everywhere = createGate(rules.processWide);
  const longest = Math.max(...rules.windows.map((window) => window.perMs));

  const tenant = (id: string): TenantBudget => {
    const known = tenants.get(id) ?? { gate: createGate(rules.perTenant), calls: [], pausedUntil: 0, turn: Promise.resolve() };
    tenants.set(id, known);
    return known;
  };

  const forget = (budget: TenantBudget): void => {
    const oldest = clock.now() - longest;
    budget.calls = budget.calls.filter((time) => time > oldest);
  };

  const waitMs = (budget: TenantBudget): number => {
    forget(budget);
    const now = clock.now();
    const waits = rules.windows.map(({ calls, perMs }) => {
      const limiting = budget.calls[budget.calls.length - calls];
      return limiting === undefined ? 0 : limiting + perMs - now;
    });
    return Math.max(0, budget.pausedUntil - now, ...waits);
  };

  const awaitTurn = async (budget: TenantBudget, signal: AbortSignal): Promise<void> => {
    for (let wait = waitMs(budget); wait > 0; wait = waitMs(budget)) await clock.sleep(Math.min(wait, 5_000), signal);
    if (signal.aborted) throw new Abandoned();
    budget.calls.push(clock.now());
  };

  return Object.freeze({
    /** Waits for one of the tenant's places and gives `work` the use of it. */
    hold: async <T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
      const leave = await tenant(tenantId).gate.enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    /** Waits until the tenant may be called once more, counts that call and makes it, within the process-wide number. */
    call: async <T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
      const budget = tenant(tenantId);
      const mine = budget.turn.then(() => awaitTurn(budget, signal));
      budget.turn = mine.catch(() => undefined);
      await mine;
      const leave = await everywhere.enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    /** The service told us to stay away from this tenant for a while. */
    pause: (tenantId: string, seconds: number): void => {
      const budget = tenant(tenantId);
      budget.pausedUntil = Math.max(budget.pausedUntil, clock.now() + seconds * 1_000);
    },
    /** For the page: how many calls the tenant has left now, and how long it is paused. */
    outlook: (tenantId: string) => {
      const budget = tenant(tenantId);
      forget(budget);
      const now = clock.now();
      const left = rules.windows.map(({ calls, perMs }) => calls - budget.calls.filter((time) => time > now - perMs).length);
      return { callsLeft: Math.max(0, Math.min(...left)), of: rules.windows[0]!.calls, pausedMs: Math.max(0, budget.pausedUntil - now) };
    },
  });
};

export type Budget = ReturnType<typeof createBudget>;
