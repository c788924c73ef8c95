import type { ReceivedAnswer } from '../../../defender/hunting/receive-answer';
import { AppError } from '../../../errors';
import type { Column } from '../../../kql/schema';
import type { RowLoader } from '../ports';

/** Gives the columns of one answer the names under which the whole run keeps them. */
export type ClaimColumns = (columns: readonly Column[]) => readonly Column[];

/**
 * One answer may have a column of a name that another answer of the same run has with another type. Kusto's own union then
 * tells them apart by the type in the name, and so does this.
 */
export const createColumnClaims = (known: readonly (readonly Column[])[]): ClaimColumns => {
  const types = new Map(known.flat().map((column) => [column.name, column.type]));
  return (columns) =>
    columns.map((column): Column => {
      const type = types.get(column.name) ?? column.type;
      const name = type === column.type ? column.name : `${column.name}_${column.type}`;
      types.set(name, column.type);
      return { name, type: column.type };
    });
};

export interface LoadWork {
  readonly from: string;
  readonly to: string;
  readonly answer: Pick<ReceivedAnswer, 'columns' | 'rows'>;
  readonly claim: ClaimColumns;
  readonly signal: AbortSignal;
  readonly owner: string;
}

interface Kept {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Loads received rows into their Parquet file and checks that as many came out as went in. A column with cells that the engine
 * cannot read as its type is loaded as dynamic instead, which holds every value: nothing turns into null on the way.
 */
export const loadRows = async (loader: RowLoader, work: LoadWork): Promise<Kept> => {
  const { from, to, signal, owner } = work;
  const load = async (given: readonly Column[]) => {
    const columns = work.claim(given);
    return { ...(await loader.load({ from, to, columns, signal, owner })), columns };
  };
  let loaded = await load(work.answer.columns);
  const misfit = (index: number): boolean => (loaded.misfits[loaded.columns[index]!.name] ?? 0) > 0;
  if (Object.values(loaded.misfits).some((count) => count > 0)) {
    loaded = await load(work.answer.columns.map((column, index): Column => (misfit(index) ? { ...column, type: 'dynamic' } : column)));
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
