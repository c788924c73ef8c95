import type { SignedInUser } from '../../../http/current-user';
import type { HuntRecords, Recorded } from '../records/hunt-records';
import { finalState } from './ledger';
import { createLiveRuns, type LiveRun } from './live-runs';
import { createColumnClaims } from '../kept/load-rows';
import { createSliceExecutor, shuttingDown, type ExecutorDeps } from '../slices/slice-executor';

const beatMs = 5_000;

/** Tells the store that this process is alive, and hears from it when another one was asked to cancel. */
const watchOver = ({ store, clock, report }: ExecutorDeps, runId: string, controller: AbortController): NodeJS.Timeout =>
  setInterval(() => {
    store.work
      .beat(runId, clock.now())
      .then((cancel) => cancel && controller.abort('cancel'))
      .catch((error: unknown) => report('heartbeat-failed', error));
  }, beatMs).unref();

/**
 * Works on runs in the background: every queued slice of a run, each in its tenant's turn, until none is left or somebody
 * cancels. All that a page shows of it is in the store; what is at hand right now is in `progress`.
 */
export const createRunExecutor = (deps: ExecutorDeps & { readonly records: HuntRecords }) => {
  const { store, clock, report } = deps;
  const live = createLiveRuns();
  const workAll = createSliceExecutor(deps);

  const finish = async (runId: string, user: SignedInUser): Promise<void> => {
    const found = await store.work.read(runId);
    if (!found) return;
    await store.work.noteKeptBytes(runId);
    const end = { state: finalState(found.slices), finishedAt: clock.now() };
    await deps.records.finished(user, { ...found, run: { ...found.run, ...end } });
    await store.work.saveRun(runId, end);
  };

  const workOnRun = async (runId: string, user: SignedInUser, handle: Pick<LiveRun, 'controller' | 'progress'>): Promise<void> => {
    const watching = watchOver(deps, runId, handle.controller);
    try {
      const found = await store.work.read(runId);
      if (!found) return;
      const { run, slices } = found;
      const answered = slices.filter((slice) => slice.state === 'done');
      await deps.kept.prepare(runId);
      await store.work.beat(runId, clock.now());
      await store.work.saveRun(runId, { state: 'running', ...(run.startedAt === null ? { startedAt: clock.now() } : {}) });
      const tenantColumns = new Set(slices.map((slice) => slice.tenantId)).size > 1;
      const work = { ...handle, run, user, tenantColumns, claim: createColumnClaims(answered.map(({ columns }) => columns)) };
      await workAll(
        slices.filter((slice) => slice.state === 'queued'),
        work,
      );
      await finish(runId, user);
    } catch (error) {
      report('run-failed', error);
    } finally {
      clearInterval(watching);
    }
  };

  return Object.freeze({
    /** Begins to work on the queued slices of a run, and returns at once. */
    start: (runId: string, user: SignedInUser, _recorded: Recorded): void => live.begin(runId, (handle) => workOnRun(runId, user, handle)),
    /** No further call is sent, calls in flight are dropped. */
    cancel: (runId: string): void => live.get(runId)?.controller.abort('cancel'),
    progressOf: (runId: string): LiveRun['progress'] => live.get(runId)?.progress ?? new Map(),
    /** Resolves when this process no longer works on the run. */
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
