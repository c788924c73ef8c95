import type { Job } from './job';
import { residentMb } from './process-memory';

const TICK_MS = 50;
/** A reader that takes nothing for this long gives its place up. */
const STALL_MS = 120_000;
/** What the process needs beside DuckDB's own memory: Node, the libraries, results under way. */
const OVERHEAD_MB = 384;

/**
 * Ends a job that goes beyond its wall clock or its process beyond its memory. `memory_limit` inside DuckDB is no
 * ceiling (one huge string ignores it), so the process is watched from outside. Returns how to stop watching.
 */
export function watch({
  job,
  pid,
  stop,
  seen,
}: {
  readonly job: Job;
  readonly pid: number | undefined;
  readonly stop: NonNullable<Job['stop']>;
  /** Hears the process's memory at each look. */
  readonly seen: (megabytes: number) => void;
}): () => void {
  const ceiling = job.resources.memoryMb + OVERHEAD_MB;
  let worked = 0;
  let stalled = 0;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    if (job.batches.full) stalled += now - last;
    else {
      worked += now - last;
      stalled = 0;
    }
    last = now;
    const resident = residentMb(pid) ?? 0;
    seen(resident);
    if (worked > job.timeoutMs) stop('timeout', `ran longer than ${job.timeoutMs} ms`);
    else if (stalled > STALL_MS) stop('stalled', 'the reader took no row for too long');
    else if (resident > ceiling) stop('memory', `used more than ${job.resources.memoryMb} MB`);
  };
  const timer = setInterval(tick, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
