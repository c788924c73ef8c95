import { AppError } from '../../../errors';
import type { SignedInUser } from '../../../http/current-user';
import { isFinished, type Slice } from './run';
import type { RunService, RunServiceDeps } from './run-service';
import type { RunWithSlices } from './stored-runs';
import { newSlice } from '../slices/new-slice';
import { canBeSliced, splitSlice } from '../slices/time-slices';

/** The same question under another id, so that whoever still works on the old one writes into no file and no row of the new. */
const askedAgain = (slice: Slice): Slice => ({
  ...newSlice({ id: slice.runId, window: slice.window }, { tenantId: slice.tenantId, name: slice.tenantName }),
  partial: slice.partial,
});

const isMissing = (slice: Slice): boolean => (slice.state === 'failed' && slice.cut !== 'disconnected') || slice.state === 'cancelled';
const cutOnes = ({ run, slices }: RunWithSlices): readonly Slice[] =>
  slices.filter((slice) => slice.state !== 'split' && canBeSliced(run, slice));

const pruned = (): AppError =>
  new AppError({
    kind: 'conflict',
    code: 'rows-pruned',
    publicMessage: 'The rows of this run are no longer kept. Run the query again.',
  });

const notSliceable = (): AppError =>
  new AppError({
    kind: 'refused',
    code: 'not-sliceable',
    publicMessage: 'Nothing in this run can be fetched in time slices that add up exactly.',
  });

interface Again {
  readonly user: SignedInUser;
  readonly found: RunWithSlices;
  readonly how: 'retry' | 'slices';
  readonly change: (now: RunWithSlices) => Promise<void>;
}

/** Goes on with a run that ended without being whole; what came whole is kept as it is. */
export const createRunContinuation = (
  deps: Pick<RunServiceDeps, 'store' | 'executor' | 'kept' | 'clock' | 'records'>,
  { find }: Pick<RunService, 'find'>,
) => {
  const { store, executor, clock } = deps;

  /** `change` gets the slices as they stand once the run is ours: another press may have changed them since they were read. */
  const workOnAgain = async ({ user, found, how, change }: Again): Promise<void> => {
    const { id } = found.run;
    await deps.kept.assertRoom();
    const mine = await store.work.reopen(id, clock.now());
    const now = await find(user, id);
    // The same button pressed twice: the first press is being worked on.
    if (!mine && !isFinished(now.run.state)) return;
    if (!mine) throw pruned();
    const { state, finishedAt } = found.run;
    const recorded = await deps.records.started(user, found, { again: how, undo: () => store.work.saveRun(id, { state, finishedAt }) });
    await change(now);
    executor.start(id, user, recorded);
  };

  /** Asks again for what failed, was cancelled or was interrupted; what came whole is kept. */
  const retry = async (user: SignedInUser, id: string): Promise<void> => {
    const found = await find(user, id);
    if (found.run.kind !== 'hunt' || !isFinished(found.run.state) || !found.slices.some(isMissing)) return;
    const change = async (now: RunWithSlices): Promise<void> => {
      for (const slice of now.slices.filter(isMissing)) await store.work.replaceSlice(slice, [askedAgain(slice)]);
    };
    await workOnAgain({ user, found, how: 'retry', change });
  };

  /** Fetches all of what was cut, in time slices; refuses where they would not add up exactly. */
  const fetchAll = async (user: SignedInUser, id: string): Promise<void> => {
    const found = await find(user, id);
    if (!isFinished(found.run.state)) return;
    if (found.run.kind !== 'hunt' || cutOnes(found).length === 0) throw notSliceable();
    const change = async (now: RunWithSlices): Promise<void> => {
      for (const slice of cutOnes(now)) {
        await store.work.replaceSlice(slice, splitSlice(slice));
        await deps.kept.removeFile(slice);
      }
    };
    await workOnAgain({ user, found, how: 'slices', change });
  };

  return Object.freeze({ retry, fetchAll });
};

export type RunContinuation = ReturnType<typeof createRunContinuation>;
