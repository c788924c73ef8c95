import type { Column } from '../../../kql/schema';
import { parameterOf } from '../../../kusto/wire-value';
import type { Filter, View } from '../../../kusto/results/view';
import type { KeptRelation } from '../ports';
import type { FilterState, ViewState } from './view-state';

/** `is` of one column several times means any of them; `is` nothing means empty. */
const equalities = (filters: readonly FilterState[], test: 'is' | 'not'): Filter[] => {
  const byColumn = new Map<number, string[]>();
  for (const { column, value } of filters.filter((filter) => filter.test === test)) {
    byColumn.set(column, [...(byColumn.get(column) ?? []), value]);
  }
  return [...byColumn].map(([column, values]) => ({ column, test: test === 'is' ? 'in' : 'not-in', values }));
};

const single = ({ column, test, value }: FilterState): Filter[] => {
  switch (test) {
    case 'has':
      return [{ column, test: 'contains', text: value }];
    case 'hasnt':
      return [{ column, test: 'not-contains', text: value }];
    case 'starts':
      return [{ column, test: 'starts-with', text: value }];
    case 'from':
      return [{ column, test: 'range', from: value }];
    case 'to':
      return [{ column, test: 'range', to: value }];
    case 'empty':
      return [{ column, test: 'empty' }];
    case 'filled':
      return [{ column, test: 'not-empty' }];
    case 'is':
    case 'not':
      return [];
  }
};

/**
 * Whether the column's type can answer a filter: `abc` is no number, and no row is at least nothing. What does not fit stays
 * in the address and is named on the page, and the rows are shown without it.
 */
export const fits = ({ column, test, value }: FilterState, columns: readonly Column[]): boolean => {
  const type = columns[column]?.type ?? 'string';
  if (test === 'is' || test === 'not') return value === '' || parameterOf(type, value) !== undefined;
  return (test !== 'from' && test !== 'to') || parameterOf(type, value) !== undefined;
};

/** What a reader chose, in the terms of the engine's views. */
export const toView = (rows: KeptRelation, state: ViewState): View => {
  const filters = state.filters.filter((filter) => fits(filter, rows.columns));
  return {
    rows,
    filters: [...equalities(filters, 'is'), ...equalities(filters, 'not'), ...filters.flatMap(single)],
    search: state.search,
    sort: state.sort,
  };
};
