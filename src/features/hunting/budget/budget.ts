import { systemClock, type Clock } from '../clock';
import { createGate } from './gate';
import { createTenantBudget, type TenantBudget } from './tenant-budget';

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

/**
 * The calls that each tenant may still receive. Every call enters here: at most `perTenant` at a time and no more than the
 * windows allow for one tenant, `processWide` for all; a tenant that is throttled waits alone.
 */
export const createBudget = (rules: BudgetRules, clock: Clock = systemClock) => {
  const tenants = new Map<string, TenantBudget>();
  const everywhere = createGate(rules.processWide);

  const tenant = (id: string): TenantBudget => {
    const known = tenants.get(id) ?? createTenantBudget(rules, clock);
    tenants.set(id, known);
    return known;
  };

  return Object.freeze({
    /** Waits for one of the tenant's places and gives `work` the use of it. */
    hold: async <T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
      const leave = await tenant(tenantId).enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    /** Waits until the tenant may be called once more, counts that call and makes it, within the process-wide number. */
    call: async <T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
      await tenant(tenantId).takeTurn(signal);
      const leave = await everywhere.enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    /** The service told us to stay away from this tenant for a while. */
    pause: (tenantId: string, seconds: number): void => tenant(tenantId).pause(seconds),
    /** For the page: how many calls the tenant has left now, and how long it is paused. */
    outlook: (tenantId: string) => tenant(tenantId).outlook(),
  });
};

export type Budget = ReturnType<typeof createBudget>;
