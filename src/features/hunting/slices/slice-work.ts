import { rm } from 'node:fs/promises';
import { createAskService, type Answered, type AskDeps, type SliceContext } from './ask-service';
import { createRowCount } from './count-rows';
import { Abandoned } from '../budget/gate';
import { judgeAnswer, needsCount } from './judge-answer';
import type { KeptFolder } from '../kept/kept-folder';
import { loadRows, type ClaimColumns } from '../kept/load-rows';
import type { RowLoader } from '../ports';
import { queryFor, type SentQuery } from './query-text';
import type { Attempt, Slice } from '../runs/run';
import { asCancelled, asFailed } from './slice-outcome';

export interface SliceWorkDeps extends AskDeps {
  readonly loader: RowLoader;
  readonly kept: KeptFolder;
  readonly rowLimit: number;
}

interface ClaimingColumns {
  readonly claim: ClaimColumns;
}

export type SliceTask = Omit<SliceContext, 'onAttempt' | 'onCall'> & ClaimingColumns;

/** Works on one slice of a run from token to kept file. The slice it resolves with says truthfully how that ended. */
export const createSliceWork = (deps: SliceWorkDeps) => {
  const { clock, kept } = deps;
  const ask = createAskService(deps);
  const count = createRowCount({ ask, kept });

  const keep = async (
    slice: Slice,
    context: SliceContext & ClaimingColumns & { readonly sent: SentQuery },
    answer: Answered,
  ): Promise<Partial<Slice>> => {
    const { run, signal, onStage, claim } = context;
    const { text, bounded } = context.sent;
    const asked = { query: text, bounded, rowLimit: deps.rowLimit, userTake: run.analysis.userTake };
    onStage('keeping');
    const files = { from: kept.rowsFile(slice), to: kept.file(slice) };
    const loaded = await loadRows(deps.loader, { ...files, answer, claim, signal, owner: run.owner.objectId });
    const counted = needsCount(answer, asked) ? await count(slice, { ...context, query: text }) : undefined;
    return {
      ...judgeAnswer(answer, asked, counted),
      counted: counted ?? null,
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
    let { calls } = slice;
    const startedAt = clock.now();
    const ended = (change: Partial<Slice>): Slice => ({ ...slice, ...change, attempts, calls, startedAt, finishedAt: clock.now() });
    try {
      // A run of many slices may begin with room enough and fill the disk on its way.
      await kept.assertRoom();
      const context = { ...task, onCall: () => void (calls += 1), onAttempt: (attempt: Attempt) => void attempts.push(attempt) };
      const sent = queryFor(task.run, slice, { appliesWindow: deps.provider.appliesWindow, at: startedAt });
      const asked = await ask(slice, { ...context, query: sent.text, to: kept.rowsFile(slice) });
      return ended(asked.ok ? await keep(slice, { ...context, sent }, asked) : asked.end);
    } catch (error) {
      return ended(
        error instanceof Abandoned || task.signal.aborted ? asCancelled(calls > slice.calls ? 'at-rest' : 'unsent') : asFailed(error),
      );
    } finally {
      await rm(kept.rowsFile(slice), { force: true });
    }
  };
};

export type SliceWork = ReturnType<typeof createSliceWork>;
