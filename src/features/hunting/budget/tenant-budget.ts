import type { Clock } from '../clock';
import type { BudgetRules } from './budget-rules';
import { cycleMs, type CallLedger, type TenantUse } from './call-ledger';
import { Abandoned, createGate } from './gate';

/** For the page: what the tenant's service still takes from us. */
export interface Outlook {
  readonly callsLeft: number;
  readonly of: number;
  readonly pausedMs: number;
  /** How long its service was at work for us in the last quarter of an hour: the cycle in which processor time is counted. */
  readonly workedMs: number;
  /** Of the tightest rule about time at work; null where the service publishes none. */
  readonly workLeftMs: number | null;
}

interface TenantBudgetParts {
  readonly rules: BudgetRules;
  readonly ledger: CallLedger;
  readonly clock: Clock;
}

/** What is known is shown for so long before it is looked up again: other instances call too. */
const freshMs = 2_000;
const nothing: TenantUse = { taken: [], pausedUntil: 0, work: [] };

const workedIn = ({ work }: TenantUse, since: number): number => work.reduce((sum, { at, ms }) => sum + (at > since ? ms : 0), 0);

const outlookOf = (use: TenantUse, rules: BudgetRules, now: number): Outlook => {
  const left = rules.windows.map(({ calls, perMs }, index) => calls - (use.taken[index] ?? []).filter((time) => time > now - perMs).length);
  const workLeft = rules.work.map(({ workMs, perMs }) => Math.max(0, workMs - workedIn(use, now - perMs)));
  return {
    callsLeft: Math.max(0, Math.min(...left)),
    of: rules.windows[0]!.calls,
    pausedMs: Math.max(0, use.pausedUntil - now),
    workedMs: workedIn(use, now - cycleMs),
    workLeftMs: workLeft.length === 0 ? null : Math.min(...workLeft),
  };
};

/** Calls to one tenant: how many at a time from here, and how many in a stretch of time from everywhere. */
export const createTenantBudget = (tenantId: string, { rules, ledger, clock }: TenantBudgetParts) => {
  const gate = createGate(rules.perTenant);
  let use = nothing;
  let lookedAt: number | undefined;
  let looking: Promise<void> | undefined;
  /** Callers take their turn one after another, so that the first to come is the first to call. */
  let turn: Promise<void> = Promise.resolve();

  const look = (): Promise<void> =>
    (looking ??= ledger
      .look(tenantId, clock.now())
      .then((found) => {
        use = found;
        lookedAt = clock.now();
      })
      // The page then shows what was known; calls themselves are counted by the ledger alone.
      .catch(() => undefined)
      .finally(() => (looking = undefined)));

  const awaitTurn = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      if (signal.aborted) throw new Abandoned();
      const wait = await ledger.claim(tenantId, clock.now());
      if (wait <= 0) break;
      await clock.sleep(Math.min(wait, 5_000), signal);
    }
    await look();
  };

  return Object.freeze({
    enter: gate.enter,
    takeTurn: (signal: AbortSignal): Promise<void> => {
      const mine = turn.then(() => awaitTurn(signal));
      turn = mine.catch(() => undefined);
      return mine;
    },
    pause: async (seconds: number): Promise<void> => {
      await ledger.pause(tenantId, clock.now() + seconds * 1_000);
      await look();
    },
    worked: async (ms: number): Promise<void> => {
      await ledger.worked(tenantId, clock.now(), ms);
      await look();
    },
    /** Resolves when anything is known of the tenant. */
    known: (): Promise<void> => (lookedAt === undefined ? look() : Promise.resolve()),
    outlook: (): Outlook => {
      const now = clock.now();
      if (lookedAt === undefined || now - lookedAt > freshMs) void look();
      return outlookOf(use, rules, now);
    },
  });
};

export type TenantBudget = ReturnType<typeof createTenantBudget>;
