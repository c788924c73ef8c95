import { EngineError, type EngineErrorCode } from './engine-error';
import { WINDOW, type FromChild, type Resources, type Task } from './messages';

export type Done = Extract<FromChild, { type: 'done' }>;
export type Batch = Extract<FromChild, { type: 'batch' }>;

/** One request on its way: what to do, what bounds it, and who waits for it. */
export interface Job {
  readonly id: number;
  readonly task: Task;
  readonly resources: Resources;
  readonly timeoutMs: number;
  readonly owner: string | undefined;
  readonly batches: Batches;
  /** Ends the job for its caller, once; `done` undefined means `failure`. */
  settle(outcome: { readonly done: Done } | { readonly failure: EngineError }): void;
  readonly settled: boolean;
  /** Set while a child works for it; asks that child to stop. */
  stop: ((code: EngineErrorCode, message: string) => void) | undefined;
}

/** Batches between the child and the reader: at most a window of them is held. */
export interface Batches {
  push(batch: Batch): void;
  end(failure?: EngineError): void;
  /** True while the child has answered as far ahead as it may: the reader's time then passes, not the engine's. */
  readonly full: boolean;
  /** The next batch, or undefined at the end; rejects when the job failed. */
  next(): Promise<Batch | undefined>;
  /** Called for each batch taken, so that the child may send another. */
  onTaken: (() => void) | undefined;
}

function createBatches(): Batches {
  const held: Batch[] = [];
  let ended: { readonly failure: EngineError | undefined } | undefined;
  let wake: (() => void) | undefined;
  const signal = (): void => {
    wake?.();
    wake = undefined;
  };
  const batches: Batches = {
    onTaken: undefined,
    get full() {
      return held.length >= WINDOW;
    },
    push(batch) {
      held.push(batch);
      signal();
    },
    end(failure) {
      ended ??= { failure };
      if (failure !== undefined) held.length = 0;
      signal();
    },
    async next() {
      while (held.length === 0 && ended === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const batch = held.shift();
      if (batch !== undefined) batches.onTaken?.();
      else if (ended?.failure !== undefined) throw ended.failure;
      return batch;
    },
  };
  return batches;
}

/** A job, and the promise of its end. */
export function createJob(given: Pick<Job, 'id' | 'task' | 'resources' | 'timeoutMs' | 'owner'>): {
  readonly job: Job;
  readonly done: Promise<Done>;
} {
  const batches = createBatches();
  let settled = false;
  let resolveDone: (done: Done) => void = () => undefined;
  let rejectDone: (failure: EngineError) => void = () => undefined;
  const done = new Promise<Done>((resolve, reject) => {
    resolveDone = resolve;
    rejectDone = reject;
  });
  const job: Job = {
    ...given,
    batches,
    stop: undefined,
    get settled() {
      return settled;
    },
    settle(outcome) {
      if (settled) return;
      settled = true;
      batches.end('failure' in outcome ? outcome.failure : undefined);
      if ('done' in outcome) resolveDone(outcome.done);
      else rejectDone(outcome.failure);
    },
  };
  return { job, done };
}

/** Ends a job whose caller no longer wants it. */
export function cancel(job: Job): void {
  if (job.settled) return;
  if (job.stop === undefined) job.settle({ failure: new EngineError('cancelled', 'cancelled before it ran') });
  else job.stop('cancelled', 'cancelled');
}
