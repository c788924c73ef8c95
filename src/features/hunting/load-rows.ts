import type { ReceivedAnswer } from '../../defender/hunting/receive-answer';
import { AppError } from '../../errors';
import type { Column } from '../../kql/schema';
import type { RowLoader } from './ports';

export interface LoadWork {
  readonly from: string;
  readonly to: string;
  readonly answer: Pick<ReceivedAnswer, 'columns' | 'rows'>;
  readonly signal: AbortSignal;
  readonly owner: string;
}

/**
 * Loads received rows into their Parquet file and checks that as many came out as went in. A column with cells that the engine
 * cannot read as its type is loaded as dynamic instead, which holds every value: nothing turns into null on the way.
 */
export const loadRows = async (
  loader: RowLoader,
  work: LoadWork,
): Promise<{ readonly columns: readonly Column[]; readonly rows: number; readonly bytes: number }> => {
  const load = async (columns: readonly Column[]) => ({
    columns,
    ...(await loader.load({ from: work.from, to: work.to, columns, signal: work.signal, owner: work.owner })),
  });
  let loaded = await load(work.answer.columns);
  const misfits = new Set(Object.keys(loaded.misfits).filter((name) => (loaded.misfits[name] ?? 0) > 0));
  if (misfits.size > 0) {
    loaded = await load(
      work.answer.columns.map((column): Column => (misfits.has(column.name) ? { name: column.name, type: 'dynamic' } : column)),
    );
  }
  if (loaded.rows !== work.answer.rows) {
    throw new AppError({
      kind: 'bug',
      code: 'rows-lost',
      publicMessage: 'The answer could not be kept whole, and none of it is used. Try again; if it happens again, tell the operator.',
      detail: { received: work.answer.rows, kept: loaded.rows },
    });
  }
  return { columns: loaded.columns, rows: loaded.rows, bytes: loaded.bytes };
};
