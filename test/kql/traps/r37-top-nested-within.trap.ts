import type { Trap } from './trap';

/** R-37 top-nested. A top over both keys together picks other rows. */
export const trap: Trap = {
  rule: 'R-37',
  query:
    'datatable(a:string, b:string, v:long)["x", "p", 5, "x", "q", 1, "y", "r", 9] | top-nested 1 of a by sum(v), top-nested 1 of b by sum(v)',
  columns: ['a', 'aggregated_a', 'b', 'aggregated_b'],
  rows: [['y', 9, 'r', 9]],
};
