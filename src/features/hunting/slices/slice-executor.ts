import type { SignedInUser } from '../../../http/current-user';
import type { Budget } from '../budget/budget';
import type { Clock } from '../clock';
import { Abandoned } from '../budget/gate';
import type { KeptFolder } from '../kept/kept-folder';
import type { LiveRun } from '../runs/live-runs';
import type { ClaimColumns } from '../kept/load-rows';
import type { Run, Slice } from '../runs/run';
import type { RunStore } from '../runs/run-store';
import { asCancelled, asInterrupted, asOurFault } from './slice-outcome';
import type { SliceWork } from './slice-work';
import { canSplit, splitSlice } from './time-slices';

export interface ExecutorDeps {
  readonly store: RunStore;
  readonly sliceWork: SliceWork;
  readonly budget: Budget;
  readonly kept: KeptFolder;
  readonly clock: Clock;
  /** For failures of our own that no page shows; never given a query or a token. */
  readonly report: (event: string, error: unknown) => void;
}

export type Working = Pick<LiveRun, 'controller' | 'progress'> & {
  readonly run: Run;
  readonly user: SignedInUser;
  readonly tenantColumns: boolean;
  readonly claim: ClaimColumns;
};

/** The reason with which `executor.stop` aborts: not the person's wish. */
export const shuttingDown = 'shutdown';

/** Works on slices in their tenants' turns, and on the finer ones that take the place of a cut one, until all have ended. */
export const createSliceExecutor = (deps: ExecutorDeps) => {
  const { store, budget, clock } = deps;

  const save = async (slice: Slice, { controller }: Working): Promise<void> => {
    const stopped = controller.signal.reason === shuttingDown && slice.state === 'cancelled';
    const saved = await store.work.saveSlice(stopped ? { ...slice, ...asInterrupted } : slice);
    // Another has taken its place, or its organization was disconnected meanwhile: its rows are nobody's.
    if (!saved) await deps.kept.removeFile(slice);
  };

  /** Resolves with the slices that now stand in this one's place, if any. */
  const settle = async (ended: Slice, work: Working): Promise<readonly Slice[]> => {
    if (!canSplit(work.run, ended) || work.controller.signal.aborted) {
      await save(ended, work);
      return [];
    }
    const finer = splitSlice(ended);
    const replaced = await store.work.replaceSlice(ended, finer);
    await deps.kept.removeFile(ended);
    return replaced ? finer : [];
  };

  const workOn = async (slice: Slice, work: Working): Promise<readonly Slice[]> => {
    const { signal } = work.controller;
    const onStage: Parameters<SliceWork>[1]['onStage'] = (stage) => void work.progress.set(slice.id, { stage, since: clock.now() });
    onStage('waiting');
    try {
      return await budget.hold(slice.tenantId, signal, async () => {
        await store.work.saveSlice({ ...slice, state: 'running', startedAt: clock.now() });
        return settle(await deps.sliceWork(slice, { ...work, signal, onStage }), work);
      });
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
      await save({ ...slice, ...asCancelled('unsent'), finishedAt: clock.now() }, work);
      return [];
    } finally {
      work.progress.delete(slice.id);
    }
  };

  const workAll = async (slices: readonly Slice[], work: Working): Promise<void> => {
    const each = async (slice: Slice): Promise<void> => {
      try {
        await workAll(await workOn(slice, work), work);
      } catch (error) {
        deps.report('slice-failed', error);
        await store.work.saveSlice({ ...slice, ...asOurFault, finishedAt: clock.now() });
      }
    };
    await Promise.all(slices.map(each));
  };

  return workAll;
};
