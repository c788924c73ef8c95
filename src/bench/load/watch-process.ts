import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Felt {
  /** Milliseconds of the longest pause of the event loop, whoever caused it. */
  readonly pause: number;
  /** Milliseconds of processor time that the busiest turn took; 0 where the system does not tell (other than Linux). */
  readonly turn: number;
  /** Megabytes beyond what the process held at first. */
  readonly memory: number;
}

const lookEveryMs = 2;

/** Processor time of the main thread so far, in milliseconds. */
const worked = (): number => {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
};

/** What this process feels from now on, until the function that comes back is called. */
export const watchProcess = (): (() => Felt) => {
  const before = process.memoryUsage().rss;
  let [memory, turn, last] = [before, 0, worked()];
  const looking = setInterval(() => {
    const now = worked();
    turn = Math.max(turn, now - last);
    last = now;
    memory = Math.max(memory, process.memoryUsage.rss());
  }, lookEveryMs);
  const pauses = monitorEventLoopDelay({ resolution: 5 });
  pauses.enable();
  return () => {
    clearInterval(looking);
    pauses.disable();
    return { pause: pauses.max / 1e6, turn, memory: (memory - before) / 1_048_576 };
  };
};
