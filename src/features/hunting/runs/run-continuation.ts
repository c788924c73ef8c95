import { AppError } from '../../../errors';
import type { SignedInUser } from '../../../http/current-user';
import type { Slice } from './run';
import type { RunService, RunServiceDeps } from './run-service';
import type { RunWithSlices } from './run-store';
import { canBeSliced, splitSlice } from '../slices/time-slices';

const requeued = (slice: Slice): Slice => ({ ...slice, state: 'queued', cut: null, failure: null, finishedAt: null, startedAt: null });

/** Goes on with a run that ended without being whole; what came whole is kept as it is. */
export const createRunContinuation = (
  deps: Pick<RunServiceDeps, 'store' | 'executor' | 'kept' | 'clock'>,
  { find }: Pick<RunService, 'find'>,
) => {
  const { store, executor, clock } = deps;

  const workOnAgain = async (user: SignedInUser, found: RunWithSlices, change: () => Promise<void>): Promise<void> => {
    await deps.kept.assertRoom();
    const mine = await store.work.reopen(found.run.id, clock.now());
    if (!mine)
      throw new AppError({
        kind: 'conflict',
        code: 'run-under-way',
        publicMessage: 'This run is under way, or its rows are no longer kept.',
      });
    await change();
    executor.start(found.run.id, user);
  };

  /** Asks again for what failed, was cancelled or was interrupted; what came whole is kept. */
  const retry = async (user: SignedInUser, id: string): Promise<void> => {
    const found = await find(user, id);
    const missing = found.slices.filter((slice) => slice.state === 'failed' || slice.state === 'cancelled');
    if (missing.length === 0 || found.run.kind !== 'hunt') return;
    await workOnAgain(user, found, async () => {
      for (const slice of missing) await store.work.saveSlice(requeued(slice));
    });
  };

  /** Fetches all of what was cut, in time slices; refuses where they would not add up exactly. */
  const fetchAll = async (user: SignedInUser, id: string): Promise<void> => {
    const found = await find(user, id);
    const cut = found.slices.filter((slice) => slice.state !== 'split' && canBeSliced(found.run, slice));
    if (cut.length === 0 || found.run.kind !== 'hunt') {
      throw new AppError({
        kind: 'refused',
        code: 'not-sliceable',
        publicMessage: 'Nothing in this run can be fetched in time slices that add up exactly.',
      });
    }
    await workOnAgain(user, found, async () => {
      for (const slice of cut) {
        await store.work.replaceSlice(slice, splitSlice(slice));
        await deps.kept.removeFile(slice);
      }
    });
  };

  return Object.freeze({ retry, fetchAll });
};

export type RunContinuation = ReturnType<typeof createRunContinuation>;
