import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { HuntingAnswer, HuntingProvider } from '../../../defender/hunting/provider';
import { AppError } from '../../../errors';
import type { SignedInUser, TenantId } from '../../../http/current-user';
import type { Budget } from '../budget/budget';
import type { Clock } from '../clock';
import type { KeptFolder } from '../kept/kept-folder';
import type { AccessTokens } from '../ports';
import { describeFailure } from '../slices/failure-words';

/** What came of one short question; its rows are counted and forgotten. */
export type ShortAnswer =
  | { readonly ok: true; readonly rows: number; readonly requestId: string | null }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly requestId: string | null };

export interface ShortQuestionDeps {
  readonly provider: HuntingProvider;
  readonly tokens: AccessTokens;
  readonly budget: Budget;
  readonly kept: KeptFolder;
  readonly clock: Clock;
}

export interface ShortQuestion {
  readonly user: SignedInUser;
  readonly tenantId: TenantId;
  readonly query: string;
  readonly signal: AbortSignal;
}

const dayMs = 24 * 60 * 60 * 1000;

/** A throttled organization is left alone for so long where it does not say for how long. */
const pauseSeconds = 10;

const workedMs = (answer: HuntingAnswer): number | undefined =>
  answer.ok && answer.serviceSeconds !== undefined ? answer.serviceSeconds * 1_000 : undefined;

const answerOf = (answer: HuntingAnswer): ShortAnswer => {
  if (answer.ok) return { ok: true, rows: answer.rows, requestId: answer.requestId ?? null };
  const { code, message } = describeFailure(answer.failure).failure;
  return { ok: false, code, message, requestId: answer.failure.requestId ?? null };
};

/**
 * Asks an organization's hunting service one short question with the person's own rights, in the organization's turn and out of
 * its budget, once: a refusal is an answer here, and is not tried again.
 */
export const createShortQuestion = ({ provider, tokens, budget, kept, clock }: ShortQuestionDeps) => {
  const ask = async ({ user, tenantId, query, signal }: ShortQuestion, to: string): Promise<ShortAnswer> => {
    const { token } = await tokens.acquire({ user, tenantId, resource: provider.resource });
    const now = clock.now();
    const window = { from: new Date(now - dayMs).toISOString(), to: new Date(now).toISOString() };
    const make = () => provider.run({ token, query, window, clientRequestId: randomUUID(), to, signal });
    const answer = await budget.hold(tenantId, signal, () => budget.call(tenantId, signal, { make, workedMs }));
    if (!answer.ok && answer.failure.kind === 'quota') await budget.pause(tenantId, answer.failure.retryAfterSeconds ?? pauseSeconds);
    // A 403 tells of a lost consent or of a missing role: a fresh token, or its refusal, tells which.
    if (!answer.ok && answer.failure.kind === 'forbidden')
      await tokens.acquire({ user, tenantId, resource: provider.resource, forceRefresh: true });
    return answerOf(answer);
  };

  return async (question: ShortQuestion): Promise<ShortAnswer> => {
    const id = randomUUID();
    const to = kept.countFile({ id, runId: id });
    await kept.prepare(id);
    try {
      return await ask(question, to);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ok: false, code: error.code, message: error.publicMessage, requestId: error.correlationId ?? null };
    } finally {
      await rm(to, { force: true });
      await kept.remove(id);
    }
  };
};
