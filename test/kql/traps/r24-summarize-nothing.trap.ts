import type { Trap } from './trap';

/** R-24 summarize. list() of nothing is NULL in SQL. */
export const trap: Trap = {
  rule: 'R-24',
  query: 'datatable(x:long)[] | summarize c = count(), m = max(x), l = make_list(x)',

  rows: [[0, null, []]],
};
