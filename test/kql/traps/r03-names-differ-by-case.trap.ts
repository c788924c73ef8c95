import type { Trap } from './trap';

/** R-3 Names of columns. With the names as they are, DuckDB reads `a` for both, or refuses. */
export const trap: Trap = {
  rule: 'R-3',
  query: 'print a = 1 | extend A = 2 | project a, A, b = a + A',
  columns: ['a', 'A', 'b'],
  rows: [[1, 2, 3]],
};
