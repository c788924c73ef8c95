import { setMaxListeners } from 'node:events';
import type { Database } from '../../../database/database';
import type { BudgetRules, CallWindow, WorkWindow } from './budget-rules';
import './budget-tables';
import { createGate } from './gate';

/** What a tenant has had, as every instance over this database knows it. */
export interface TenantUse {
  /** Times of calls that still count, for each of the rules' windows. */
  readonly taken: readonly (readonly number[])[];
  readonly pausedUntil: number;
  /** Time at work by minute, oldest first; as far back as the rules look, and a quarter of an hour at least. */
  readonly work: readonly { readonly at: number; readonly ms: number }[];
}

const minuteMs = 60_000;
/** The services count processor time in cycles of so long. */
export const cycleMs = 15 * minuteMs;

/** A run may ask hundreds of tenants at once, and must not take all of the database's connections for it. */
const claimsAtATime = 3;
const nobody = new AbortController().signal;
setMaxListeners(0, nobody);

/** The call has to wait: nothing of its transaction stays. */
class Occupied extends Error {
  constructor(readonly waitMs: number) {
    super('occupied');
  }
}

type Reading = Pick<Database, 'selectFrom'>;
type Writing = Reading & Pick<Database, 'insertInto'>;

const slotsOf = (db: Reading, tenantId: string, { perMs }: CallWindow) =>
  db.selectFrom('call_slots').where('tenant_id', '=', tenantId).where('span_ms', '=', perMs);

/** Takes one of a window's slots: one that was never used, else the one that was free the longest. */
const takeSlot = async (db: Writing, tenantId: string, { window, now }: { window: CallWindow; now: number }): Promise<void> => {
  const oldest = await slotsOf(db, tenantId, window).select(['slot', 'taken_at']).orderBy('taken_at').orderBy('slot').executeTakeFirst();
  const used = await slotsOf(db, tenantId, window)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  const free = Number(used.count) < window.calls;
  const waitMs = free || !oldest ? 0 : Number(oldest.taken_at) + window.perMs - now;
  if (waitMs > 0) throw new Occupied(waitMs);
  await db
    .insertInto('call_slots')
    .values({ tenant_id: tenantId, span_ms: window.perMs, slot: free ? Number(used.count) : oldest!.slot, taken_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'span_ms', 'slot']).doUpdateSet({ taken_at: now }))
    .execute();
};

const workSince = async (db: Reading, tenantId: string, since: number): Promise<TenantUse['work']> => {
  const rows = await db
    .selectFrom('tenant_work')
    .where('tenant_id', '=', tenantId)
    .where('minute', '>', Math.floor(since / minuteMs))
    .selectAll()
    .orderBy('minute')
    .execute();
  return rows.map((row) => ({ at: Number(row.minute) * minuteMs, ms: Number(row.worked_ms) }));
};

/** Makes others who would call the tenant wait until this transaction ends; resolves with when the tenant's pause does. */
const lockTenant = async (db: Writing, tenantId: string): Promise<number> => {
  await db
    .insertInto('tenant_pauses')
    .values({ tenant_id: tenantId, until: 0 })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(({ ref }) => ({ until: ref('tenant_pauses.until') })))
    .execute();
  return pausedUntil(db, tenantId);
};

const pausedUntil = async (db: Reading, tenantId: string): Promise<number> => {
  const row = await db.selectFrom('tenant_pauses').where('tenant_id', '=', tenantId).select('until').executeTakeFirst();
  return Number(row?.until ?? 0);
};

/** How long until so much of the work is long enough ago. */
const workWait = (work: TenantUse['work'], { workMs, perMs }: WorkWindow, now: number): number => {
  const counted = work.filter(({ at }) => at > now - perMs);
  let over = counted.reduce((sum, { ms }) => sum + ms, 0) - workMs;
  for (const { at, ms } of counted) {
    if (over < 0) return 0;
    over -= ms;
    if (over < 0) return at + perMs - now;
  }
  return 0;
};

interface Look {
  readonly rules: BudgetRules;
  readonly since: number;
  readonly now: number;
}

const useOf = async (db: Reading, tenantId: string, { rules, since, now }: Look): Promise<TenantUse> => {
  const takenIn = async (window: CallWindow): Promise<readonly number[]> => {
    const rows = await slotsOf(db, tenantId, window)
      .where('taken_at', '>', now - window.perMs)
      .select('taken_at')
      .execute();
    return rows.map((row) => Number(row.taken_at));
  };
  return {
    taken: await Promise.all(rules.windows.map(takenIn)),
    pausedUntil: await pausedUntil(db, tenantId),
    work: await workSince(db, tenantId, since),
  };
};

const forget = async (db: Pick<Database, 'deleteFrom'>, { before, now }: { before: number; now: number }): Promise<void> => {
  await db
    .deleteFrom('tenant_work')
    .where('minute', '<', Math.floor(before / minuteMs))
    .execute();
  await db.deleteFrom('tenant_pauses').where('until', '<', now).execute();
};

/**
 * The calls to each tenant's service, kept in the database: instances that share it share one budget, and a restart forgets
 * nothing. A call holds one slot of each window for the window's length, so no span of that length ever sees more calls.
 */
export const createCallLedger = (db: Database, rules: BudgetRules) => {
  const doors = createGate(claimsAtATime);
  const reach = Math.max(cycleMs, ...rules.work.map(({ perMs }) => perMs));
  return Object.freeze({
    /** Counts a call. 0: it may be made now; else milliseconds to wait before asking again, and nothing was counted. */
    claim: async (tenantId: string, now: number): Promise<number> => {
      const leave = await doors.enter(nobody);
      try {
        await db.transaction().execute(async (transaction) => {
          const paused = (await lockTenant(transaction, tenantId)) - now;
          const work = rules.work.length === 0 ? [] : await workSince(transaction, tenantId, now - reach);
          const wait = Math.max(paused, ...rules.work.map((window) => workWait(work, window, now)));
          if (wait > 0) throw new Occupied(wait);
          for (const window of rules.windows) await takeSlot(transaction, tenantId, { window, now });
        });
        return 0;
      } catch (error) {
        if (error instanceof Occupied) return error.waitMs;
        throw error;
      } finally {
        leave();
      }
    },
    /** Leaves the tenant alone until then; an earlier wish for longer stays. */
    pause: async (tenantId: string, until: number): Promise<void> => {
      await db
        .insertInto('tenant_pauses')
        .values({ tenant_id: tenantId, until })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ until }).where('tenant_pauses.until', '<', until))
        .execute();
    },
    /** Notes how long the service was at work for a call that has ended. */
    worked: async (tenantId: string, now: number, ms: number): Promise<void> => {
      await db
        .insertInto('tenant_work')
        .values({ tenant_id: tenantId, minute: Math.floor(now / minuteMs), worked_ms: Math.round(ms) })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'minute'])
            .doUpdateSet(({ eb, ref }) => ({ worked_ms: eb(ref('tenant_work.worked_ms'), '+', Math.round(ms)) })),
        )
        .execute();
    },
    look: (tenantId: string, now: number): Promise<TenantUse> => useOf(db, tenantId, { rules, since: now - reach, now }),
    /** Forgets what counts no more. */
    prune: (now: number): Promise<void> => forget(db, { before: now - 2 * reach, now }),
  });
};

export type CallLedger = ReturnType<typeof createCallLedger>;
