import type { Trap } from './trap';

/** R-56 Windows. A running sum over all gives 1, 3, 8. */
export const trap: Trap = {
  rule: 'R-56',
  query: 'datatable(g:string, x:long)["a", 1, "a", 2, "b", 5] | sort by g asc, x asc | extend c = row_cumsum(x, g != prev(g)) | project c',

  rows: [[1], [3], [5]],
};
