import { EngineError } from './engine-error';
import { createChild, type ChildEvents, type EngineChild } from './child-process';
import type { Job } from './job';
import type { ChildSettings } from './messages';

export interface PoolSettings {
  /** At most this many processes. */
  readonly size: number;
  /** Jobs that may wait; one more is answered `busy`. */
  readonly queue: number;
  /** Settings of the next process; each has a folder of its own. */
  child(): ChildSettings;
}

/** Processes of one lane: started on demand, one kept warm, replaced when they end. */
export interface Pool {
  submit(job: Job): void;
  /** Starts the first process ahead of the first job. */
  warm(): void;
  stop(): void;
  /** Processes alive, for the operator's metrics. */
  readonly children: readonly EngineChild[];
}

/** An idle process beyond the first goes after this. */
const IDLE_MS = 60_000;
/** A process that dies before it ever was idle this often in a row is not started again for the waiting jobs. */
const FAILED_STARTS = 3;

export function createPool(settings: PoolSettings): Pool {
  const children: EngineChild[] = [];
  const waiting: Job[] = [];
  const owners = new Map<EngineChild, string | undefined>();
  const idleTimers = new Map<EngineChild, NodeJS.Timeout>();
  const proven = new Set<EngineChild>();
  let failedStarts = 0;
  let stopped = false;

  const runningFor = (owner: string): number => [...owners.values()].filter((other) => other === owner).length;
  /** The first job, unless its owner already has half the lane and somebody else waits. */
  const take = (): Job | undefined => {
    const fair = waiting.findIndex((job) => job.owner === undefined || runningFor(job.owner) < Math.max(1, Math.floor(settings.size / 2)));
    return waiting.splice(Math.max(fair, 0), 1)[0];
  };
  const assign = (child: EngineChild): void => {
    const job = take();
    if (job === undefined) return;
    clearTimeout(idleTimers.get(child));
    owners.set(child, job.owner);
    child.run(job);
  };
  const pump = (): void => {
    dropSettled();
    for (const child of children) if (child.state === 'idle' && waiting.length > 0) assign(child);
    const starting = children.filter((child) => child.state === 'starting').length;
    const wanted = Math.min(waiting.length - starting, settings.size - children.length);
    for (let count = 0; count < wanted && !stopped; count += 1) children.push(createChild(settings.child(), events));
  };
  const dropSettled = (): void => {
    for (let index = waiting.length - 1; index >= 0; index -= 1) if (waiting[index]?.settled) waiting.splice(index, 1);
  };
  const retireLater = (child: EngineChild): void => {
    const timer = setTimeout(() => {
      if (child.state === 'idle' && children.filter((other) => other.state === 'idle').length > 1) child.kill();
    }, IDLE_MS);
    timer.unref();
    idleTimers.set(child, timer);
  };
  const events: ChildEvents = {
    idle(child) {
      failedStarts = 0;
      proven.add(child);
      owners.delete(child);
      pump();
      if (child.state === 'idle') retireLater(child);
    },
    gone(child) {
      children.splice(children.indexOf(child), 1);
      owners.delete(child);
      clearTimeout(idleTimers.get(child));
      if (!proven.delete(child)) failedStarts += 1;
      if (stopped) return;
      if (failedStarts >= FAILED_STARTS) failWaiting();
      else if (waiting.length > 0 || children.length === 0) spawnOne();
      pump();
    },
  };
  const spawnOne = (): void => {
    if (children.length < settings.size) children.push(createChild(settings.child(), events));
  };
  const failWaiting = (): void => {
    failedStarts = 0;
    for (const job of waiting.splice(0)) job.settle({ failure: new EngineError('crashed', 'the engine process does not start') });
  };

  return {
    children,
    submit(job) {
      dropSettled();
      if (stopped) return job.settle({ failure: new EngineError('stopped', 'the engine is shutting down') });
      if (waiting.length >= settings.queue) return job.settle({ failure: new EngineError('busy', 'too many requests wait already') });
      waiting.push(job);
      pump();
    },
    warm() {
      if (children.length === 0) spawnOne();
    },
    stop() {
      stopped = true;
      for (const job of waiting.splice(0)) job.settle({ failure: new EngineError('stopped', 'the engine is shutting down') });
      for (const child of [...children]) child.kill();
    },
  };
}
