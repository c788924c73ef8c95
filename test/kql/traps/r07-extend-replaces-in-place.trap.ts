import type { Trap } from './trap';

/** R-7 extend. Evaluated one after the other, c would be 2. */
export const trap: Trap = {
  rule: 'R-7',
  query: 'print a = 1, b = 2 | extend a = b, c = a',
  columns: ['a', 'b', 'c'],
  rows: [[2, 2, 1]],
};
