import { rm } from 'node:fs/promises';
import type { HuntingAnswer, HuntingProvider } from '../../defender/hunting/provider';
import type { HuntingFailure } from '../../defender/hunting/hunting-failure';
import { AppError } from '../../errors';
import type { SignedInUser } from '../../http/current-user';
import { Abandoned } from './gate';
import type { Budget, Clock } from './budget';
import { describeFailure } from './failure-words';
import { judgeAnswer } from './judge-answer';
import type { KeptFolder } from './kept-folder';
import { loadRows } from './load-rows';
import type { AccessTokens, RowLoader } from './ports';
import { queryFor } from './query-text';
import { decideRetry, noTries, type Decision } from './retry-policy';
import type { Attempt, Run, Slice, SliceFailure } from './run';

export type Stage = 'waiting' | 'signing-in' | 'asking' | 'pausing' | 'keeping';

export interface SliceContext {
  readonly run: Run;
  readonly user: SignedInUser;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Stage) => void;
  /** Names of the tenant to put in front of each row; null where the run asks one tenant only. */
  readonly tenantColumns: boolean;
}

export interface SliceWorkDeps {
  readonly provider: HuntingProvider;
  readonly tokens: AccessTokens;
  readonly budget: Budget;
  readonly loader: RowLoader;
  readonly kept: KeptFolder;
  readonly clock: Clock;
  readonly rowLimit: number;
}

type Answered = Extract<HuntingAnswer, { ok: true }>;
type Asked =
  | { readonly answer: Answered; readonly attempts: readonly Attempt[] }
  | { readonly failed: Partial<Slice>; readonly attempts: readonly Attempt[] };

const failedBy = (cut: Slice['cut'], failure: SliceFailure): Partial<Slice> => ({ state: 'failed', cut, failure });

/** Errors that are part of the trade, as a failed slice; anything else is thrown on as a bug. */
const toFailed = (error: unknown): Partial<Slice> => {
  if (error instanceof AppError) {
    const { claims } = (error.detail ?? {}) as { claims?: unknown };
    return failedBy('error', {
      code: error.code,
      message: error.publicMessage,
      ...(typeof claims === 'string' ? { claims } : {}),
    });
  }
  if ((error as { code?: unknown } | null)?.code === 'ENOSPC') {
    return failedBy('error', {
      code: 'disk-full',
      message: 'The disk of this Quarry is full. Its operator has to make room; nothing kept was harmed.',
    });
  }
  throw error;
};

const cancelled = (sent: boolean): Partial<Slice> => ({
  state: 'cancelled',
  cut: 'cancel',
  failure: {
    code: 'cancelled',
    message: sent ? 'Cancelled. The call was already sent: the service may still be working on it.' : 'Cancelled before anything was sent.',
  },
});

const attemptOf = (failure: HuntingFailure, at: number, decision: Decision): Attempt => ({
  at: new Date(at).toISOString(),
  failure: failure.kind,
  ...(failure.status === undefined ? {} : { status: failure.status }),
  ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
  ...(decision.retry && decision.waitSeconds > 0 ? { waitedSeconds: decision.waitSeconds } : {}),
});

/** Works on one slice of a run from token to kept file. The slice it resolves with says truthfully how that ended. */
export const createSliceWork = (deps: SliceWorkDeps) => {
  const { provider, tokens, budget, clock, kept } = deps;

  /** One call, with its token, in the tenant's turn. */
  const call = async (slice: Slice, context: SliceContext, token: { readonly forceRefresh?: true; readonly claims?: string }) => {
    context.onStage('signing-in');
    const { tenantId } = slice;
    const access = await tokens.acquire({ user: context.user, tenantId, resource: provider.resource, ...token });
    context.onStage('waiting');
    return budget.call(tenantId, context.signal, () => {
      context.onStage('asking');
      return provider.run({
        token: access.token,
        query: queryFor(context.run, slice, provider.appliesWindow),
        window: context.run.window,
        clientRequestId: slice.id,
        to: kept.rowsFile(slice),
        signal: context.signal,
        ...(context.tenantColumns ? { tenant: { id: tenantId, name: slice.tenantName } } : {}),
      });
    });
  };

  const pauseFor = async (slice: Slice, context: SliceContext, decision: Extract<Decision, { retry: true }>): Promise<void> => {
    if (decision.waitSeconds === 0) return;
    context.onStage('pausing');
    if (decision.pauseTenant) budget.pause(slice.tenantId, decision.waitSeconds);
    await clock.sleep(decision.waitSeconds * 1_000, context.signal);
  };

  const ask = async (slice: Slice, context: SliceContext): Promise<Asked> => {
    const attempts: Attempt[] = [];
    let tries = noTries;
    let token = {};
    for (;;) {
      const answer = await call(slice, context, token);
      if (answer.ok) return { answer, attempts };
      const { failure } = answer;
      if (failure.kind === 'cancelled') return { failed: cancelled(true), attempts };
      const decision = decideRetry(failure, tries);
      attempts.push(attemptOf(failure, clock.now(), decision));
      if (!decision.retry)
        return { failed: { state: 'failed', ...describeFailure(failure), requestId: failure.requestId ?? null }, attempts };
      tries = decision.tries;
      token = decision.token ?? {};
      await pauseFor(slice, context, decision);
    }
  };

  const keep = async (slice: Slice, context: SliceContext, answer: Answered): Promise<Partial<Slice>> => {
    context.onStage('keeping');
    const loaded = await loadRows(deps.loader, {
      from: kept.rowsFile(slice),
      to: kept.file(slice),
      answer,
      signal: context.signal,
      owner: context.run.owner.objectId,
    });
    const judged = judgeAnswer(answer, { rowLimit: deps.rowLimit, userTake: context.run.analysis.userTake });
    return {
      ...judged,
      state: 'done',
      failure: null,
      rows: loaded.rows,
      bytes: answer.bytes,
      keptBytes: loaded.bytes,
      columns: loaded.columns,
      requestId: answer.requestId ?? null,
      newest: answer.newest ?? null,
      serviceSeconds: answer.serviceSeconds ?? null,
    };
  };

  const work = async (slice: Slice, context: SliceContext): Promise<Slice> => {
    const base: Slice = { ...slice, startedAt: clock.now() };
    let attempts: readonly Attempt[] = slice.attempts;
    const ended = (change: Partial<Slice>): Slice => ({ ...base, ...change, attempts, finishedAt: clock.now() });
    try {
      const asked = await ask(slice, context);
      attempts = [...attempts, ...asked.attempts];
      return ended('failed' in asked ? asked.failed : await keep(slice, context, asked.answer));
    } catch (error) {
      if (error instanceof Abandoned || context.signal.aborted) return ended(cancelled(false));
      return ended(toFailed(error));
    } finally {
      await rm(kept.rowsFile(slice), { force: true });
    }
  };

  return Object.freeze({ work, cancelled: (slice: Slice): Slice => ({ ...slice, ...cancelled(false), finishedAt: clock.now() }) });
};

export type SliceWork = ReturnType<typeof createSliceWork>;
