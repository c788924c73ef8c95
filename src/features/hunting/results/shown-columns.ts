import type { Column } from '../../../kql/schema';
import type { ViewState } from './view-state';

/** Columns shown side by side: any hunting table whole (68 at most); more cost seconds and nobody reads them. The others are a link away. */
export const columnsAtOnce = 100;

export interface ShownColumns {
  /** Positions of the columns of the view, in order. */
  readonly chosen: readonly number[];
  /** Those of them that are side by side in the table. */
  readonly shown: readonly number[];
  /** Which part of `chosen` is shown, from 1. */
  readonly part: number;
}

/** A lean view leaves out what `constant` says is empty or the same in every row. */
const chosenColumns = (state: ViewState, columns: readonly Column[], constant: readonly boolean[] | null): readonly number[] => {
  const chosen = state.columns ?? columns.map((_, position) => position);
  if (!state.lean || constant === null) return chosen;
  const telling = chosen.filter((position) => !constant[position]);
  // A result of one row is constant everywhere: showing nothing would say nothing.
  return telling.length > 0 ? telling : chosen;
};

const partOf = (all: readonly number[], asked: number): { readonly shown: readonly number[]; readonly part: number } => {
  const part = Math.min(asked, Math.max(1, Math.ceil(all.length / columnsAtOnce)));
  return { shown: all.slice((part - 1) * columnsAtOnce, part * columnsAtOnce), part };
};

/** The columns of an open row: those of the view in its order, then those it leaves out; of many, the same part as in the table. */
export const openColumns = (
  { part }: ViewState,
  chosen: readonly number[],
  columns: readonly Column[],
): { readonly shown: readonly number[]; readonly part: number } => {
  const inView = new Set(chosen);
  return partOf([...chosen, ...columns.map((_, position) => position).filter((position) => !inView.has(position))], part);
};

/** Which columns a view has and which part of them the table shows. */
export const shownColumns = (state: ViewState, columns: readonly Column[], constant: readonly boolean[] | null): ShownColumns => {
  const chosen = chosenColumns(state, columns, constant);
  return { chosen, ...partOf(chosen, state.part) };
};
