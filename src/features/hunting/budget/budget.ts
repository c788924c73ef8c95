import { systemClock, type Clock } from '../clock';
import type { BudgetRules } from './budget-rules';
import type { CallLedger } from './call-ledger';
import { createGate } from './gate';
import { createTenantBudget, type Outlook, type TenantBudget } from './tenant-budget';

export interface BudgetParts {
  readonly rules: BudgetRules;
  readonly ledger: CallLedger;
  readonly clock?: Clock;
  /** For notes that could not be written; the calls go on. */
  readonly report?: (event: string, error: unknown) => void;
}

export interface Call<T> {
  readonly make: () => Promise<T>;
  /** How long the service was at work, where its answer tells. */
  readonly workedMs: (result: T) => number | undefined;
}

interface Made<T> extends Pick<Call<T>, 'workedMs'> {
  readonly began: number;
  readonly result: T;
}

/**
 * The calls that each tenant may still receive. Every call enters here: no more than the windows allow for one tenant, whichever
 * instance makes it; from this process at most `perTenant` at a time and `processWide` for all. A throttled tenant waits alone.
 */
export const createBudget = ({ rules, ledger, clock = systemClock, report = () => undefined }: BudgetParts) => {
  const tenants = new Map<string, TenantBudget>();
  const everywhere = createGate(rules.processWide);

  const tenant = (id: string): TenantBudget => {
    const known = tenants.get(id) ?? createTenantBudget(id, { rules, ledger, clock });
    tenants.set(id, known);
    return known;
  };

  /** What the service says of its own work, else how long it took altogether. */
  const note = async <T>(tenantId: string, { began, result, workedMs }: Made<T>): Promise<void> => {
    const ms = workedMs(result) ?? clock.now() - began;
    await tenant(tenantId)
      .worked(ms)
      .catch((error: unknown) => report('budget-note-failed', error));
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
    call: async <T>(tenantId: string, signal: AbortSignal, { make, workedMs }: Call<T>): Promise<T> => {
      // In this order: a tenant that waits for its turn takes nobody else's place.
      await tenant(tenantId).takeTurn(signal);
      const leave = await everywhere.enter(signal);
      const began = clock.now();
      try {
        const result = await make();
        await note(tenantId, { began, result, workedMs });
        return result;
      } finally {
        leave();
      }
    },
    /** The service told us to stay away from this tenant for a while. */
    pause: (tenantId: string, seconds: number): Promise<void> => tenant(tenantId).pause(seconds),
    /** Before `outlook` is asked of tenants that this process never called. */
    known: async (tenantIds: readonly string[]): Promise<void> => {
      await Promise.all(tenantIds.map((id) => tenant(id).known()));
    },
    outlook: (tenantId: string): Outlook => tenant(tenantId).outlook(),
  });
};

export type Budget = ReturnType<typeof createBudget>;
