import type { Trap } from './trap';

/** R-21 in. SQL drops the null row: 1. */
export const trap: Trap = {
  rule: 'R-21',
  query: 'datatable(x:long)[1, long(null), 3] | where x !in (dynamic([1, 2])) | count',

  rows: [[2]],
};
