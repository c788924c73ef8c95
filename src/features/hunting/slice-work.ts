import { rm } from 'node:fs/promises';
import { createAskService, type Answered, type AskDeps, type SliceContext } from './ask-service';
import { Abandoned } from './gate';
import { judgeAnswer } from './judge-answer';
import { loadRows, type ClaimColumns } from './load-rows';
import type { RowLoader } from './ports';
import type { Attempt, Slice } from './run';
import { asCancelled, asFailed } from './slice-outcome';

export interface SliceWorkDeps extends AskDeps {
  readonly loader: RowLoader;
  readonly rowLimit: number;
}

export type SliceTask = Omit<SliceContext, 'onAttempt'> & { readonly claim: ClaimColumns };

/** Works on one slice of a run from token to kept file. The slice it resolves with says truthfully how that ended. */
export const createSliceWork = (deps: SliceWorkDeps) => {
  const { clock, kept } = deps;
  const ask = createAskService(deps);

  const keep = async (slice: Slice, { run, signal, onStage, claim }: SliceTask, answer: Answered): Promise<Partial<Slice>> => {
    onStage('keeping');
    const files = { from: kept.rowsFile(slice), to: kept.file(slice) };
    const loaded = await loadRows(deps.loader, { ...files, answer, claim, signal, owner: run.owner.objectId });
    return {
      ...judgeAnswer(answer, { rowLimit: deps.rowLimit, userTake: run.analysis.userTake }),
      state: 'done',
      failure: null,
      rows: loaded.rows,
      bytes: answer.bytes,
      keptBytes: loaded.bytes,
      columns: loaded.columns,
      requestId: answer.requestId ?? null,
      newest: answer.newest ?? null,
      serviceSeconds: answer.serviceSeconds ?? null,
    };
  };

  return async (slice: Slice, task: SliceTask): Promise<Slice> => {
    const attempts: Attempt[] = [...slice.attempts];
    const startedAt = clock.now();
    const ended = (change: Partial<Slice>): Slice => ({ ...slice, ...change, attempts, startedAt, finishedAt: clock.now() });
    try {
      const asked = await ask(slice, { ...task, onAttempt: (attempt) => void attempts.push(attempt) });
      return ended(asked.ok ? await keep(slice, task, asked) : asked.end);
    } catch (error) {
      return ended(
        error instanceof Abandoned || task.signal.aborted ? asCancelled(attempts.length > slice.attempts.length) : asFailed(error),
      );
    } finally {
      await rm(kept.rowsFile(slice), { force: true });
    }
  };
};

export type SliceWork = ReturnType<typeof createSliceWork>;
