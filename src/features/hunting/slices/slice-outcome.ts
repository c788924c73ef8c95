import type { HuntingFailure } from '../../../defender/hunting/hunting-failure';
import { AppError } from '../../../errors';
import type { Decision } from './retry-policy';
import type { Attempt, Slice, SliceFailure } from '../runs/run';

const failedBy = (cut: Slice['cut'], failure: SliceFailure): Partial<Slice> => ({ state: 'failed', cut, failure });

/** Errors that are part of the trade, as a failed slice; anything else is thrown on as a bug. */
export const asFailed = (error: unknown): Partial<Slice> => {
  if (error instanceof AppError) {
    const { claims } = (error.detail ?? {}) as { claims?: unknown };
    const failed = failedBy('error', { code: error.code, message: error.publicMessage, ...(typeof claims === 'string' ? { claims } : {}) });
    return error.correlationId === undefined ? failed : { ...failed, requestId: error.correlationId };
  }
  if ((error as { code?: unknown } | null)?.code === 'ENOSPC') {
    const message = 'The disk of this Quarry is full. Its operator has to make room; nothing kept was harmed.';
    return failedBy('error', { code: 'disk-full', message });
  }
  throw error;
};

const cancelWords = {
  unsent: 'Cancelled before anything was sent.',
  'in-flight': 'Cancelled. The call was already sent: the service may still be working on it.',
  'at-rest': 'Cancelled. No call is under way any more, and nothing of what had come is used.',
} as const;

/** A slice that somebody cancelled. Nobody can call a query back: what was sent may still run. */
export const asCancelled = (how: keyof typeof cancelWords): Partial<Slice> => ({
  state: 'cancelled',
  cut: 'cancel',
  failure: { code: 'cancelled', message: cancelWords[how] },
});

/** A slice that ended because Quarry did. */
export const asInterrupted: Partial<Slice> = {
  state: 'failed',
  cut: 'interrupted',
  failure: { code: 'interrupted', message: 'Quarry stopped while this was under way. Ask again for what is missing.' },
};

/** A slice that ended on a fault of ours. */
export const asOurFault: Partial<Slice> = {
  state: 'failed',
  cut: 'error',
  failure: { code: 'our-fault', message: 'Something went wrong on our side, and none of this answer is used. Try again.' },
};

export const attemptOf = (failure: HuntingFailure, at: number, decision: Decision): Attempt => ({
  at: new Date(at).toISOString(),
  failure: failure.kind,
  ...(failure.status === undefined ? {} : { status: failure.status }),
  ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
  ...(decision.retry && decision.waitSeconds > 0 ? { waitedSeconds: decision.waitSeconds } : {}),
});
