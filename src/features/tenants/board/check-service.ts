import { AppError } from '../../../errors';
import type { SignedInUser, TenantId } from '../../../http/current-user';
import type { Resource } from '../../../identity/resources.data';
import type { HuntingHealth, RecordConsent, ShortAnswer } from '../ports';
import { settledWithin } from '../settled-within';
import { checkedTables, tableQuery, testCall, testQuery } from './check-tables.data';
import type { CheckOutcome, CheckStore } from './check-store';

export type CheckKind = 'call' | 'tables';

export interface CheckOptions {
  readonly store: CheckStore;
  readonly hunting: Pick<HuntingHealth, 'ask' | 'outlook'>;
  readonly provider: Resource;
  readonly record: RecordConsent;
  readonly reportFailure: (event: string, error: unknown) => void;
}

interface Where {
  readonly user: SignedInUser;
  readonly tenantId: TenantId;
}

interface Question {
  readonly table: string;
  readonly query: string;
}

/** Nobody waits longer for a check; what was not asked by then says so. */
const patienceMs = 2 * 60_000;

const refusals = new Set(['forbidden', 'entra-65001', 'tenant-not-served', 'role-needed', 'reconnect-needed', 'consent-missing']);

const outcomeOf = (answer: ShortAnswer): CheckOutcome => {
  if (answer.ok) return answer.rows > 0 ? 'rows' : 'empty';
  if (answer.code === 'query-refused') return 'absent';
  return refusals.has(answer.code) ? 'refused' : 'failed';
};

const questionsOf = (kind: CheckKind, provider: Resource): readonly Question[] =>
  kind === 'call' ? [{ table: testCall, query: testQuery }] : checkedTables[provider].map((table) => ({ table, query: tableQuery(table) }));

const budgetLow = (needed: number, left: number): AppError =>
  new AppError({
    kind: 'too-many',
    code: 'budget-low',
    publicMessage: `This check makes ${needed} calls, and the organization’s service takes ${left} more from Quarry in this minute. Nothing was asked. Wait a minute, then check again.`,
    action: { label: 'Back to the organizations', href: '/tenants' },
  });

const createAsking = ({ store, hunting, reportFailure }: Pick<CheckOptions, 'store' | 'hunting' | 'reportFailure'>) => {
  const askOne = async ({ user, tenantId }: Where, { table, query }: Question, signal: AbortSignal): Promise<void> => {
    const answer: ShortAnswer = await hunting.ask({ user, tenantId, query, signal }).catch((error: unknown) => {
      if (!signal.aborted) reportFailure('tenant-check-failed', error);
      return { ok: false, code: signal.aborted ? 'not-asked' : 'our-fault', message: '', requestId: null };
    });
    const code = answer.ok ? null : answer.code;
    await store.save(user, tenantId, { table, outcome: outcomeOf(answer), code, requestId: answer.requestId });
  };

  const announce = async (user: SignedInUser, tenantId: TenantId, questions: readonly Question[]): Promise<void> => {
    for (const { table } of questions) await store.save(user, tenantId, { table, outcome: 'waiting', code: null, requestId: null });
  };

  const askAll = async (where: Where, questions: readonly Question[], stop: AbortController): Promise<void> => {
    const timer = setTimeout(() => stop.abort(), patienceMs);
    try {
      await Promise.all(questions.map((question) => askOne(where, question, stop.signal)));
    } catch (error) {
      reportFailure('tenant-check-not-kept', error);
    } finally {
      clearTimeout(timer);
    }
  };

  return { announce, askAll };
};

/** Checks that a person asks for: short questions with their own rights, out of the organization's budget, two at a time. */
export const createCheckService = ({ store, hunting, provider, record, reportFailure }: CheckOptions) => {
  const underWay = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>();

  const { announce, askAll } = createAsking({ store, hunting, reportFailure });

  return Object.freeze({
    /** What a check of either kind costs the organization's budget. */
    cost: (kind: CheckKind): number => questionsOf(kind, provider).length,

    /** Begins a check, unless this person's last one is still under way. Rejects with `too-many` / `budget-low` before anything is asked. */
    start: async (user: SignedInUser, tenantId: TenantId, kind: CheckKind): Promise<void> => {
      const key = `${user.tenantId} ${user.objectId} ${tenantId}`;
      if (underWay.has(key)) return;
      const questions = questionsOf(kind, provider);
      const [outlook] = await hunting.outlook([tenantId]);
      if (outlook && outlook.callsLeft < questions.length) throw budgetLow(questions.length, outlook.callsLeft);
      if (underWay.has(key)) return;
      const stop = new AbortController();
      const begun = announce(user, tenantId, questions);
      const done = begun.then(() => askAll({ user, tenantId }, questions, stop)).finally(() => underWay.delete(key));
      underWay.set(key, { stop, done: done.catch(() => undefined) });
      await begun;
      record({ action: 'tenant-checked', tenantId, objectId: user.objectId, code: kind });
    },

    /** Resolves when no check is under way, or after `ms`. */
    settled: async (user: SignedInUser, tenantId: TenantId, ms: number): Promise<void> => {
      const running = underWay.get(`${user.tenantId} ${user.objectId} ${tenantId}`);
      if (running) await settledWithin(ms, [running.done]);
    },

    stop: async (): Promise<void> => {
      const running = [...underWay.values()];
      for (const { stop } of running) stop.abort();
      await Promise.all(running.map(({ done }) => done));
    },
  });
};

export type CheckService = ReturnType<typeof createCheckService>;
