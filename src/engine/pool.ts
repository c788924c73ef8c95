import { EngineError } from './engine-error';
import { EngineChild, type ChildEvents } from './child-process';
import type { Job } from './job';
import type { ChildSettings } from './messages';
import type { ProcessEnd } from './process-end';

export interface PoolSettings {
  /** At most this many processes. */
  readonly size: number;
  /** Jobs that may wait; one more is answered `busy`. */
  readonly queue: number;
  /** Settings of the next process; each has a folder of its own. */
  child(): ChildSettings;
  /** A process is replaced after this many jobs, so that nothing it may leak adds up. */
  readonly jobsEach: number;
  /** Jobs of one owner at a time, whoever else waits or not. */
  readonly mostOfOneOwner?: number;
  /** Hears of every process that ended. */
  readonly ended?: ((end: ProcessEnd) => void) | undefined;
}

/** An idle process beyond the first goes after this. */
const IDLE_MS = 60_000;
/** Starts that fail in a row before the waiting jobs are told. */
const FAILED_STARTS = 3;

/** Owns the processes of one lane: started on demand, one kept warm, replaced when they end. */
export class Pool {
  readonly children: EngineChild[] = [];
  private readonly waiting: Job[] = [];
  private readonly owners = new Map<EngineChild, string | undefined>();
  private readonly events: ChildEvents = {
    idle: (child) => this.idle(child),
    gone: (child, end) => this.gone(child, end),
  };
  private failedStarts = 0;
  private stopped = false;

  constructor(private readonly settings: PoolSettings) {}

  submit(job: Job): void {
    this.forgetSettled();
    if (this.stopped) return job.settle({ failure: new EngineError('stopped', 'the engine is shutting down') });
    if (this.waiting.length >= this.settings.queue)
      return job.settle({ failure: new EngineError('busy', 'too many requests wait already') });
    this.waiting.push(job);
    this.pump();
  }

  /** Starts the first process ahead of the first job. */
  warm(): void {
    if (this.children.length === 0 && !this.stopped) this.startChild();
  }

  /** Resolves when every process is gone, with what it left on the disk. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.failWaiting(new EngineError('stopped', 'the engine is shutting down'));
    const children = [...this.children];
    for (const child of children) child.kill('stopping');
    await Promise.all(children.map(({ cleared }) => cleared));
  }

  private pump(): void {
    this.forgetSettled();
    for (const child of this.children) if (child.state === 'idle' && this.waiting.length > 0) this.assign(child);
    const starting = this.children.filter((child) => child.state === 'starting').length;
    const room = this.settings.size - this.children.length;
    for (let missing = Math.min(this.waiting.length - starting, room); missing > 0 && !this.stopped; missing -= 1) this.startChild();
  }

  private assign(child: EngineChild): void {
    const job = this.take();
    if (job === undefined) return;
    this.owners.set(child, job.owner);
    child.run(job);
  }

  /** The first job, unless its owner already has half the lane and somebody else waits, or has as many as one may. */
  private take(): Job | undefined {
    const most = this.settings.mostOfOneOwner ?? this.settings.size;
    const share = Math.min(Math.max(1, Math.floor(this.settings.size / 2)), most);
    const running = (owner: string): number => [...this.owners.values()].filter((other) => other === owner).length;
    const within = (limit: number) => (job: Job) => job.owner === undefined || running(job.owner) < limit;
    const fair = this.waiting.findIndex(within(share));
    const chosen = fair >= 0 ? fair : this.waiting.findIndex(within(most));
    return chosen < 0 ? undefined : this.waiting.splice(chosen, 1)[0];
  }

  private idle(child: EngineChild): void {
    this.failedStarts = 0;
    this.owners.delete(child);
    if (child.served >= this.settings.jobsEach) return child.kill('worn');
    this.pump();
    if (child.state !== 'idle') return;
    const { served } = child;
    setTimeout(() => this.retire(child, served), IDLE_MS).unref();
  }

  private retire(child: EngineChild, served: number): void {
    const unused = child.state === 'idle' && child.served === served;
    if (unused && this.children.filter((other) => other.state === 'idle').length > 1) child.kill('idle');
  }

  private gone(child: EngineChild, end: ProcessEnd): void {
    this.settings.ended?.(end);
    this.children.splice(this.children.indexOf(child), 1);
    this.owners.delete(child);
    if (this.stopped) return;
    this.failedStarts = child.served === 0 && end.wanted === undefined ? this.failedStarts + 1 : 0;
    if (this.failedStarts < FAILED_STARTS) this.warm();
    else this.failWaiting(new EngineError('crashed', 'the engine process does not start'));
    this.pump();
  }

  private startChild(): void {
    this.children.push(new EngineChild(this.settings.child(), this.events));
  }

  private failWaiting(failure: EngineError): void {
    for (const job of this.waiting.splice(0)) job.settle({ failure });
  }

  private forgetSettled(): void {
    for (let index = this.waiting.length - 1; index >= 0; index -= 1)
      if (this.waiting[index]?.settled === true) this.waiting.splice(index, 1);
  }
}
