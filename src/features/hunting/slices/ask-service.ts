import { randomUUID } from 'node:crypto';
import type { HuntingAnswer, HuntingProvider } from '../../../defender/hunting/provider';
import type { SignedInUser } from '../../../http/current-user';
import type { Budget } from '../budget/budget';
import type { Clock } from '../clock';
import { describeFailure } from './failure-words';
import type { AccessTokens } from '../ports';
import { decideRetry, noTries, type Decision } from './retry-policy';
import type { Attempt, Run, Slice } from '../runs/run';
import { asCancelled, attemptOf } from './slice-outcome';

export type Stage = 'waiting' | 'signing-in' | 'asking' | 'pausing' | 'keeping';

export interface SliceContext {
  readonly run: Run;
  readonly user: SignedInUser;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Stage) => void;
  /** Called as each call is sent. */
  readonly onCall: () => void;
  /** Called for each try that brought no answer, in order. */
  readonly onAttempt: (attempt: Attempt) => void;
  /** Puts the tenant's name and id in front of each row: for runs that ask several. */
  readonly tenantColumns: boolean;
}

/** What is sent for the slice, and the file that takes the rows. */
export interface Question {
  readonly query: string;
  readonly to: string;
}

export interface AskDeps {
  readonly provider: HuntingProvider;
  readonly tokens: AccessTokens;
  readonly budget: Budget;
  readonly clock: Clock;
}

export type Answered = Extract<HuntingAnswer, { ok: true }>;
type TokenWish = Extract<Decision, { retry: true }>['token'];

const workedMs = (answer: HuntingAnswer): number | undefined =>
  answer.ok && answer.serviceSeconds !== undefined ? answer.serviceSeconds * 1_000 : undefined;

/** A 403 says that a consent is gone or that a person lacks a role: asking for a fresh token tells, and rejects with the words for the first. */
const consentAsker =
  (tokens: AccessTokens, { resource }: HuntingProvider) =>
  ({ tenantId }: Slice, { user }: SliceContext): Promise<unknown> =>
    tokens.acquire({ user, tenantId, resource, forceRefresh: true });

const createPause =
  (budget: Budget, clock: Clock) =>
  async (slice: Slice, context: SliceContext, decision: Extract<Decision, { retry: true }>): Promise<void> => {
    if (decision.waitSeconds === 0) return;
    context.onStage('pausing');
    if (decision.pauseTenant) await budget.pause(slice.tenantId, decision.waitSeconds);
    await clock.sleep(decision.waitSeconds * 1_000, context.signal);
  };

/** Asks the service for a slice until it answers or there is no sense in another try; resolves with the answer or the slice's end. */
export const createAskService = ({ provider, tokens, budget, clock }: AskDeps) => {
  /** One call, with its token, in the tenant's turn. */
  const call = async (slice: Slice, context: SliceContext & Question, token: TokenWish): Promise<HuntingAnswer> => {
    const { run, user, signal, onStage } = context;
    const { tenantId } = slice;
    onStage('signing-in');
    const access = await tokens.acquire({ user, tenantId, resource: provider.resource, ...token });
    onStage('waiting');
    const make = (): Promise<HuntingAnswer> => {
      onStage('asking');
      context.onCall();
      return provider.run({
        token: access.token,
        query: context.query,
        window: run.window,
        clientRequestId: randomUUID(),
        to: context.to,
        signal,
        ...(context.tenantColumns ? { tenant: { id: tenantId, name: slice.tenantName } } : {}),
      });
    };
    return budget.call(tenantId, signal, { make, workedMs });
  };

  const pauseFor = createPause(budget, clock);
  const askConsent = consentAsker(tokens, provider);

  return async (
    slice: Slice,
    context: SliceContext & Question,
  ): Promise<Answered | { readonly ok: false; readonly end: Partial<Slice> }> => {
    let tries = noTries;
    let token: TokenWish;
    for (;;) {
      const answer = await call(slice, context, token);
      if (answer.ok) return answer;
      const { failure } = answer;
      if (failure.kind === 'cancelled') return { ok: false, end: asCancelled('in-flight') };
      const decision = decideRetry(failure, tries);
      context.onAttempt(attemptOf(failure, clock.now(), decision));
      if (failure.kind === 'forbidden') await askConsent(slice, context);
      if (!decision.retry)
        return { ok: false, end: { state: 'failed', ...describeFailure(failure), requestId: failure.requestId ?? null } };
      tries = decision.tries;
      token = decision.token;
      await pauseFor(slice, context, decision);
    }
  };
};
