import { setMaxListeners } from 'node:events';
import type { Stage } from '../slices/ask-service';

export interface Progress {
  readonly stage: Stage;
  /** Milliseconds of the clock. */
  readonly since: number;
}

export interface LiveRun {
  readonly controller: AbortController;
  readonly progress: Map<string, Progress>;
  /** Resolves when nothing works on the run any more; never rejects. */
  readonly over: Promise<void>;
}

/** The runs that this process works on: what each slice is at, and the handle that stops it. */
export const createLiveRuns = () => {
  const runs = new Map<string, LiveRun>();
  return Object.freeze({
    begin: (runId: string, work: (live: Pick<LiveRun, 'controller' | 'progress'>) => Promise<void>): void => {
      const live = { controller: new AbortController(), progress: new Map<string, Progress>() };
      // Every slice of the run listens, and a run may have hundreds.
      setMaxListeners(0, live.controller.signal);
      const over = work(live)
        .catch(() => undefined)
        .then(() => void runs.delete(runId));
      runs.set(runId, { ...live, over });
    },
    get: (runId: string): LiveRun | undefined => runs.get(runId),
    all: (): readonly LiveRun[] => [...runs.values()],
  });
};
