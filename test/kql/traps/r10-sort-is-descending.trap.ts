import type { Trap } from './trap';

/** R-10 sort and top. SQL's default is ascending. */
export const trap: Trap = {
  rule: 'R-10',
  query: 'datatable(x:long)[2, long(null), 3] | sort by x',

  rows: [[3], [2], [null]],
};
