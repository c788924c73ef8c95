import type { Column } from '../../../kql/schema';
import type { ViewState } from './view-state';

/** What the rows of a column have in common over the whole result. */
export interface ColumnProfile {
  /** Every row has the same value, which may be none. */
  readonly constant: boolean;
}

/** Positions of the columns a view shows, in order. A lean view leaves out what is empty or the same in every row. */
export const shownColumns = (state: ViewState, columns: readonly Column[], profile: readonly ColumnProfile[] | null): readonly number[] => {
  const chosen = state.columns ?? columns.map((_, position) => position);
  if (!state.lean || profile === null) return chosen;
  const telling = chosen.filter((position) => !profile[position]?.constant);
  // A result of one row is constant everywhere: showing nothing would say nothing.
  return telling.length > 0 ? telling : chosen;
};
