import type { Trap } from './trap';

/** R-9 count and distinct. A grouped count of no rows gives no row. */
export const trap: Trap = {
  rule: 'R-9',
  query: 'datatable(x:long)[] | count',
  columns: ['Count'],
  rows: [[0]],
};
