import type { Trap } from './trap';

/** R-57 mv-apply and partition. top 1 over all elements gives one row. */
export const trap: Trap = {
  rule: 'R-57',
  query: 'datatable(d:dynamic)[dynamic([3, 1]), dynamic([2])] | mv-apply x = d to typeof(long) on (top 1 by x) | project x | sort by x asc',

  rows: [[2], [3]],
};
