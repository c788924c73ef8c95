import type { Column, KqlType } from '../../../kql/schema';
import type { Filter, View } from '../../../kusto/results/view';
import type { KeptRelation } from '../ports';
import type { FilterState, ViewState } from './view-state';

const isText = (type: KqlType): boolean => type === 'string';

/** `is` of one column several times means any of them; `is` nothing means empty. */
const equalities = (filters: readonly FilterState[], test: 'is' | 'not', columns: readonly Column[]): Filter[] => {
  const byColumn = new Map<number, string[]>();
  for (const { column, value } of filters.filter((filter) => filter.test === test)) {
    byColumn.set(column, [...(byColumn.get(column) ?? []), value]);
  }
  return [...byColumn].map(([column, values]) => {
    const type = columns[column]?.type ?? 'string';
    const empty = values.includes('') && !isText(type);
    if (empty && values.length === 1) return { column, test: test === 'is' ? 'empty' : 'not-empty' };
    return { column, test: test === 'is' ? 'in' : 'not-in', values };
  });
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

/** What a reader chose, in the terms of the engine's views. */
export const toView = (rows: KeptRelation, state: ViewState): View => ({
  rows,
  filters: [
    ...equalities(state.filters, 'is', rows.columns),
    ...equalities(state.filters, 'not', rows.columns),
    ...state.filters.flatMap(single),
  ],
  search: state.search,
  sort: state.sort,
});
