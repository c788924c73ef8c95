import type { HuntingFailure, HuntingFailureKind } from '../../../defender/hunting/hunting-failure';
import type { Cut, SliceFailure } from '../runs/run';

/** What happened, and the one next step. */
const words: Readonly<Record<HuntingFailureKind, { readonly code: string; readonly cut: Cut; readonly message: string }>> = {
  query: { code: 'query-refused', cut: 'error', message: 'The service does not accept this query. Correct it and run it again.' },
  size: {
    code: 'too-large',
    cut: 'bytes',
    message: 'The answer would be larger than the service sends. Ask for fewer columns or a shorter time, or fetch it in time slices.',
  },
  token: { code: 'sign-in-again', cut: 'error', message: 'The service no longer accepts your sign-in. Sign in again; the query is kept.' },
  forbidden: {
    code: 'forbidden',
    cut: 'error',
    message:
      'You may not hunt in this organization: either Quarry lacks consent there, or your account lacks a Defender role. Ask its administrator.',
  },
  missing: {
    code: 'no-such-service',
    cut: 'error',
    message: 'The hunting service was not found at its address. Tell the operator of this Quarry.',
  },
  quota: {
    code: 'throttled',
    cut: 'quota',
    message: 'The organization has used up its hunting quota for now. Try again in a few minutes.',
  },
  time: {
    code: 'too-slow',
    cut: 'time',
    message: 'The service did not answer in time. Narrow the time, avoid search over all tables, or fetch it in time slices.',
  },
  service: {
    code: 'service-failed',
    cut: 'error',
    message: 'The service failed. Try again in a few minutes; its support will want the request id.',
  },
  network: { code: 'connection-lost', cut: 'error', message: 'The connection to the service failed or broke off. Try again.' },
  unreadable: {
    code: 'unreadable-answer',
    cut: 'error',
    message: 'What came back was not a whole answer of the hunting service, and none of it is used. Try again.',
  },
  cancelled: { code: 'cancelled', cut: 'cancel', message: 'Cancelled. The call was already sent: the service may still be working on it.' },
};

/** A failure of the service as the slice keeps and the page shows it, and what it cut the answer by. */
export const describeFailure = (failure: HuntingFailure): { readonly cut: Cut; readonly failure: SliceFailure } => {
  const { cut, code, message } = words[failure.kind];
  return {
    cut,
    failure: {
      code,
      message,
      ...(failure.serviceText === undefined ? {} : { serviceText: failure.serviceText }),
      ...(failure.claims === undefined ? {} : { claims: failure.claims }),
    },
  };
};
