import type { SignedInUser } from '../../http/current-user';
import type { Budget, Clock } from './budget';
import { Abandoned } from './gate';
import type { KeptFolder } from './kept-folder';
import { finalState } from './ledger';
import { createLiveRuns, type LiveRun } from './live-runs';
import type { Run, Slice } from './run';
import type { RunStore } from './run-store';
import type { SliceWork } from './slice-work';
import { canSplit, splitSlice } from './time-slices';

export interface ExecutorDeps {
  readonly store: RunStore;
  readonly slices: SliceWork;
  readonly budget: Budget;
  readonly kept: KeptFolder;
  readonly clock: Clock;
  /** For failures of our own that no page shows; never given a query or a token. */
  readonly report: (event: string, error: unknown) => void;
}

type Working = Pick<LiveRun, 'controller' | 'progress'> & {
  readonly run: Run;
  readonly user: SignedInUser;
  readonly tenantColumns: boolean;
};

const beatMs = 5_000;
const shuttingDown = 'shutdown';

const asInterrupted = (slice: Slice): Slice => ({
  ...slice,
  state: 'failed',
  cut: 'interrupted',
  failure: { code: 'interrupted', message: 'Quarry stopped while this was under way. Ask again for what is missing.' },
});

/**
 * Works on runs in the background: every queued slice of a run, each in its tenant's turn, until none is left or somebody
 * cancels. All that a page shows of it is in the store; what is at hand right now is in `progress`.
 */
export const createRunExecutor = (deps: ExecutorDeps) => {
  const live = createLiveRuns();

  const save = async (slice: Slice, work: Working): Promise<void> => {
    const shutdown = work.controller.signal.reason === shuttingDown && slice.state === 'cancelled';
    await deps.store.work.saveSlice(shutdown ? asInterrupted(slice) : slice);
  };

  const workOn = async (slice: Slice, work: Working): Promise<readonly Slice[]> => {
    const { signal } = work.controller;
    const onStage = (stage: Parameters<Parameters<SliceWork['work']>[1]['onStage']>[0]): void =>
      void work.progress.set(slice.id, { stage, since: deps.clock.now() });
    onStage('waiting');
    try {
      return await deps.budget.hold(slice.tenantId, signal, async () => {
        await deps.store.work.saveSlice({ ...slice, state: 'running', startedAt: deps.clock.now() });
        const ended = await deps.slices.work(slice, { run: work.run, user: work.user, signal, onStage, tenantColumns: work.tenantColumns });
        if (!canSplit(work.run, ended)) {
          await save(ended, work);
          return [];
        }
        const finer = splitSlice(ended);
        await deps.store.work.replaceSlice(ended, finer);
        await deps.kept.removeFile(ended);
        return finer;
      });
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
      await save(deps.slices.cancelled(slice), work);
      return [];
    } finally {
      work.progress.delete(slice.id);
    }
  };

  const workAll = async (slices: readonly Slice[], work: Working): Promise<void> => {
    await Promise.all(
      slices.map(async (slice) => {
        try {
          await workAll(await workOn(slice, work), work);
        } catch (error) {
          deps.report('slice-failed', error);
          await deps.store.work.saveSlice({
            ...slice,
            state: 'failed',
            cut: 'error',
            finishedAt: deps.clock.now(),
            failure: { code: 'our-fault', message: 'Something went wrong on our side, and none of this answer is used. Try again.' },
          });
        }
      }),
    );
  };

  const finish = async (runId: string): Promise<void> => {
    const found = await deps.store.work.read(runId);
    if (!found) return;
    const interrupted = found.slices.some((slice) => slice.cut === 'interrupted');
    await deps.store.work.noteKeptBytes(runId);
    await deps.store.work.saveRun(runId, { state: interrupted ? 'failed' : finalState(found.slices), finishedAt: deps.clock.now() });
  };

  const watchForCancel = (runId: string, controller: AbortController): NodeJS.Timeout =>
    setInterval(() => {
      deps.store.work
        .beat(runId, deps.clock.now())
        .then((cancel) => cancel && controller.abort('cancel'))
        .catch((error: unknown) => deps.report('heartbeat-failed', error));
    }, beatMs).unref();

  const workOnRun = async (runId: string, user: SignedInUser, handle: Pick<LiveRun, 'controller' | 'progress'>): Promise<void> => {
    const beating = watchForCancel(runId, handle.controller);
    try {
      const found = await deps.store.work.read(runId);
      if (!found) return;
      await deps.kept.prepare(runId);
      await deps.store.work.beat(runId, deps.clock.now());
      await deps.store.work.saveRun(runId, { state: 'running', ...(found.run.startedAt === null ? { startedAt: deps.clock.now() } : {}) });
      const tenantColumns = new Set(found.slices.map((slice) => slice.tenantId)).size > 1;
      const queued = found.slices.filter((slice) => slice.state === 'queued');
      await workAll(queued, { ...handle, run: found.run, user, tenantColumns });
      await finish(runId);
    } catch (error) {
      deps.report('run-failed', error);
      throw error;
    } finally {
      clearInterval(beating);
    }
  };

  return Object.freeze({
    /** Begins to work on the queued slices of a run, and returns at once. */
    start: (runId: string, user: SignedInUser): void => live.begin(runId, (handle) => workOnRun(runId, user, handle)),
    /** No further call is sent, calls in flight are dropped. True when this process was working on it. */
    cancel: (runId: string): boolean => {
      const found = live.get(runId);
      found?.controller.abort('cancel');
      return found !== undefined;
    },
    progressOf: (runId: string) => live.get(runId)?.progress ?? new Map<string, never>(),
    /** Resolves when the run is at rest in this process. */
    settled: async (runId: string): Promise<void> => live.get(runId)?.over,
    /** Interrupts everything, truthfully: what was under way is marked so and can be asked again. */
    stop: async (): Promise<void> => {
      const runs = live.all();
      for (const run of runs) run.controller.abort(shuttingDown);
      await Promise.all(runs.map((run) => run.over));
    },
  });
};

export type RunExecutor = ReturnType<typeof createRunExecutor>;
