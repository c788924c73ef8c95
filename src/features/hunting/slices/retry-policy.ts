import type { HuntingFailure } from '../../../defender/hunting/hunting-failure';

export interface TriesSoFar {
  readonly transient: number;
  readonly quota: number;
  readonly token: number;
  readonly claims: number;
}

export const noTries: TriesSoFar = { transient: 0, quota: 0, token: 0, claims: 0 };

export type Decision =
  | { readonly retry: false }
  | {
      readonly retry: true;
      readonly tries: TriesSoFar;
      readonly waitSeconds: number;
      /** The whole tenant is to be left alone for that long, not this slice alone. */
      readonly pauseTenant: boolean;
      readonly token?: { readonly forceRefresh: true } | { readonly claims: string };
    };

const transientLimit = 2;
const quotaLimit = 3;
/** Waiting longer than this is the person's decision: the slice fails and offers to be asked again. */
const longestWaitSeconds = 180;
/** Hunting calls only read, so sending one again is safe; the waits grow. */
const backOffSeconds = [1, 4, 12];
const quotaBackOffSeconds = [10, 20, 40];

const again = (tries: TriesSoFar, more: Partial<Extract<Decision, { retry: true }>>): Decision => ({
  retry: true,
  tries,
  waitSeconds: 0,
  pauseTenant: false,
  ...more,
});

const afterQuota = (failure: HuntingFailure, tries: TriesSoFar): Decision => {
  const waitSeconds = failure.retryAfterSeconds ?? quotaBackOffSeconds[tries.quota] ?? longestWaitSeconds;
  if (tries.quota >= quotaLimit || waitSeconds > longestWaitSeconds) return { retry: false };
  return again({ ...tries, quota: tries.quota + 1 }, { waitSeconds, pauseTenant: true });
};

const afterToken = (failure: HuntingFailure, tries: TriesSoFar): Decision => {
  if (failure.claims !== undefined) {
    if (tries.claims > 0) return { retry: false };
    return again({ ...tries, claims: 1 }, { token: { claims: failure.claims } });
  }
  return tries.token > 0 ? { retry: false } : again({ ...tries, token: 1 }, { token: { forceRefresh: true } });
};

/** Whether a failed call is sent again, when, and with which token. */
export const decideRetry = (failure: HuntingFailure, tries: TriesSoFar): Decision => {
  if (failure.kind === 'quota') return afterQuota(failure, tries);
  if (failure.kind === 'token') return afterToken(failure, tries);
  if (!failure.transient || tries.transient >= transientLimit) return { retry: false };
  const waitSeconds = Math.min(failure.retryAfterSeconds ?? backOffSeconds[tries.transient] ?? 12, longestWaitSeconds);
  return again({ ...tries, transient: tries.transient + 1 }, { waitSeconds });
};
