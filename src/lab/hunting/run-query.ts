import { isEngineError, type EngineErrorCode } from '../../engine/engine-error';
import type { Column } from '../../kql/schema';
import type { Kusto } from '../../kusto/kusto';
import type { Dataset } from '../../kusto/dataset/dataset';
import { rowLimit, type Dialect } from './dialect';
import { badQuery, problems, type HuntingProblem } from './hunting-problem';
import { rowObjects } from './row-object';
import type { Spool } from './spool';

export interface QueryRun {
  readonly kusto: Pick<Kusto, 'answer'>;
  readonly dialect: Dialect;
  readonly dataset: Dataset;
  readonly query: string;
  readonly now: Date;
  readonly owner: string;
  readonly signal: AbortSignal;
  readonly spool: Spool;
}

export type QueryOutcome =
  { readonly ok: true; readonly columns: readonly Column[] } | { readonly ok: false; readonly problem: HuntingProblem };

const byEngineCode: Readonly<Partial<Record<EngineErrorCode, HuntingProblem>>> = {
  timeout: problems.timeout,
  memory: problems.resources,
  data: problems.unexpected,
  invalid: problems.unexpected,
};

const refuse = (problem: HuntingProblem): QueryOutcome => ({ ok: false, problem });

const failed = (error: unknown): QueryOutcome => {
  if (!isEngineError(error)) throw error;
  return refuse(byEngineCode[error.code] ?? problems.unexpected);
};

/** Answers a query into the spool: at most the row limit, and nothing at all beyond the size limit. */
export const runQuery = async (run: QueryRun): Promise<QueryOutcome> => {
  const { dialect, spool } = run;
  try {
    const answer = await run.kusto.answer(run.query, {
      dataset: run.dataset,
      now: run.now,
      maxRows: rowLimit,
      limits: { timeoutMs: dialect.timeLimitMs },
      signal: run.signal,
      owner: run.owner,
    });
    if (!answer.ok) return refuse(badQuery(run.query, answer.diagnostics));
    const toObject = rowObjects(answer.columns);
    for await (const batch of answer.rows) {
      await spool.write(batch.map(toObject));
      if (spool.bytes > dialect.sizeLimit) return refuse(problems.size);
    }
    return { ok: true, columns: answer.columns };
  } catch (error) {
    return failed(error);
  }
};
