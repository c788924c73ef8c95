import { fork, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from './engine-error';
import type { Job } from './job';
import type { ChildSettings, FromChild, ToChild } from './messages';
import { programIn } from './program';
import { watch } from './watch';

/** One engine process. It serves one job at a time, so whatever happens to it happens to one job. */
export interface EngineChild {
  readonly pid: number | undefined;
  readonly state: 'starting' | 'idle' | 'busy' | 'gone';
  run(job: Job): void;
  kill(): void;
}

export interface ChildEvents {
  /** The child can take a job. */
  idle(child: EngineChild): void;
  gone(child: EngineChild): void;
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

/** Starts a process and keeps it until `kill` or its own end. */
export function createChild(settings: ChildSettings, events: ChildEvents): EngineChild {
  const child = start(settings);
  let state: EngineChild['state'] = 'starting';
  let job: Job | undefined;
  let unwatch: (() => void) | undefined;
  let reason: EngineError | undefined;
  let grace: NodeJS.Timeout | undefined;

  const send = (message: ToChild): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  const release = (): void => {
    unwatch?.();
    clearTimeout(grace);
    if (job !== undefined) {
      job.stop = undefined;
      job.batches.onTaken = undefined;
    }
    job = undefined;
    reason = undefined;
  };
  const stop: Job['stop'] = (code, message) => {
    if (job === undefined || reason !== undefined) return;
    reason = new EngineError(code, message);
    // The caller hears at once; the process has the grace to come back and serve others.
    job.settle({ failure: reason });
    send({ type: 'interrupt', id: job.id });
    grace = setTimeout(() => child.kill('SIGKILL'), code === 'memory' ? 0 : GRACE_MS);
  };
  const receive = (message: FromChild): void => {
    if (message.type === 'idle') {
      release();
      state = 'idle';
      return events.idle(self);
    }
    if (job === undefined || message.id !== job.id) return;
    if (message.type === 'batch') job.batches.push(message);
    else if (message.type === 'done') job.settle({ done: message });
    else job.settle({ failure: new EngineError(message.code, message.message) });
    if (message.type !== 'batch') unwatch?.();
  };
  const exited = (): void => {
    if (state === 'gone') return;
    state = 'gone';
    job?.settle({ failure: new EngineError('crashed', 'the engine process ended') });
    release();
    void rm(settings.temporaryFolder, { recursive: true, force: true }).catch(() => undefined);
    events.gone(self);
  };
  child.on('message', receive);
  child.on('exit', exited);
  child.on('error', exited);

  const self: EngineChild = {
    get pid() {
      return child.pid;
    },
    get state() {
      return state;
    },
    run(next) {
      state = 'busy';
      job = next;
      next.stop = stop;
      next.batches.onTaken = () => send({ type: 'credit', id: next.id });
      unwatch = watch({ job: next, pid: child.pid, stop });
      send({ type: 'task', id: next.id, task: next.task, resources: next.resources });
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
  return self;
}
