import { fork, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, type EngineErrorCode } from './engine-error';
import type { Job } from './job';
import { growing, type ChildSettings, type FromChild, type ToChild } from './messages';
import type { KillReason, ProcessEnd } from './process-end';
import { programIn } from './program';
import { leaveStopNote, removeStopNote } from './stop-note';
import { watch } from './watch';

export interface ChildEvents {
  /** The child can take a job. */
  idle(child: EngineChild): void;
  gone(child: EngineChild, end: ProcessEnd): void;
}

/** Time an interrupted job has before its process is killed. */
const GRACE_MS = 2_000;

const start = (settings: ChildSettings): ChildProcess => {
  const program = programIn(join(__dirname, 'child'), 'main');
  return fork(program.file, [JSON.stringify(settings)], {
    execArgv: [...program.execArgv, '--max-old-space-size=512'],
    serialization: 'advanced',
    // Nothing of the parent's environment: it holds secrets, and the child needs none of it.
    env: { TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
};

/** What a broken job leaves of its file; the folder of an index is its maker's to remove. */
const leftoverOf = (job: Job | undefined): string[] =>
  job?.task.kind === 'write' || job?.task.kind === 'load' ? [growing(job.task.to)] : [];

/** Owns one engine process. It serves one job at a time, so whatever happens to it happens to one job. */
export class EngineChild {
  /** `leaving`: killed, and not yet gone; it takes no further job. */
  state: 'starting' | 'idle' | 'busy' | 'leaving' | 'gone' = 'starting';
  /** How many jobs it has been given. */
  served = 0;
  /** Resolves when the process is gone, with what it left on the disk. */
  readonly cleared: Promise<void>;
  private tellCleared: () => void = () => undefined;
  private readonly process: ChildProcess;
  private job: Job | undefined;
  private unwatch: (() => void) | undefined;
  private stopping = false;
  private grace: NodeJS.Timeout | undefined;
  private wanted: KillReason | undefined;
  /** Resident memory when it was last looked at. */
  private memoryMb = 0;

  constructor(
    private readonly settings: ChildSettings,
    private readonly events: ChildEvents,
  ) {
    this.cleared = new Promise((resolve) => (this.tellCleared = resolve));
    this.process = start(settings);
    this.process.on('message', (message: FromChild) => this.receive(message));
    this.process.on('exit', (code, signal) => this.exited(code, signal));
    this.process.on('error', () => this.exited(null, null));
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  run(job: Job): void {
    this.state = 'busy';
    this.served += 1;
    this.job = job;
    const stop = (code: EngineErrorCode, message: string): void => this.stop(code, message);
    job.stop = stop;
    job.batches.onTaken = () => this.send({ type: 'credit', id: job.id });
    this.unwatch = watch({ job, pid: this.pid, stop, seen: (megabytes) => void (this.memoryMb = megabytes) });
    this.send({ type: 'task', id: job.id, task: job.task, resources: job.resources });
  }

  kill(reason: KillReason): void {
    this.wanted ??= reason;
    if (this.state !== 'gone') this.state = 'leaving';
    this.process.kill('SIGKILL');
  }

  /** The caller hears at once; the process has the grace to come back and serve others, unless memory runs out meanwhile. */
  private stop(code: EngineErrorCode, message: string): void {
    if (this.job === undefined || this.stopping) return;
    this.stopping = true;
    this.job.settle({ failure: new EngineError(code, message) });
    if (code === 'memory') return this.kill('memory');
    leaveStopNote(this.settings.temporaryFolder, this.job.id);
    this.send({ type: 'interrupt', id: this.job.id });
    this.grace = setTimeout(() => this.kill('hung'), GRACE_MS);
  }

  private receive(message: FromChild): void {
    if (message.type === 'idle') {
      // Killed just before it could say so: the next job must not be given to it.
      if (this.state === 'leaving') return;
      this.release();
      this.state = 'idle';
      return this.events.idle(this);
    }
    const { job } = this;
    if (job?.id !== message.id) return;
    if (message.type === 'batch') return job.batches.push(message);
    this.unwatch?.();
    job.settle(message.type === 'done' ? { done: message } : { failure: new EngineError(message.code, message.message) });
  }

  private exited(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.state === 'gone') return;
    this.state = 'gone';
    const { job, wanted, served, memoryMb } = this;
    const end = { pid: this.pid, code, signal, wanted, work: job?.task.kind, served, memoryMb: Math.round(memoryMb) };
    job?.settle({ failure: new EngineError('crashed', 'the engine process ended') });
    this.release();
    const leftovers = [this.settings.temporaryFolder, ...leftoverOf(job)];
    const removed = leftovers.map((path) => rm(path, { recursive: true, force: true }).catch(() => undefined));
    void Promise.all(removed).then(this.tellCleared);
    this.events.gone(this, end);
  }

  private release(): void {
    this.unwatch?.();
    clearTimeout(this.grace);
    if (this.stopping && this.job !== undefined) removeStopNote(this.settings.temporaryFolder, this.job.id);
    this.stopping = false;
    if (this.job !== undefined) {
      this.job.stop = undefined;
      this.job.batches.onTaken = undefined;
    }
    this.job = undefined;
  }

  private send(message: ToChild): void {
    if (this.process.connected) this.process.send(message, () => undefined);
  }
}
