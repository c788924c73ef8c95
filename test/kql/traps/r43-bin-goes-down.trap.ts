import type { Trap } from './trap';

/** R-43 bin. Truncating division gives 0 for the first. */
export const trap: Trap = {
  rule: 'R-43',
  query: 'print a = bin(-1, 10), b = bin(7.5, 2), c = bin(long(null), 5)',

  rows: [[-10, 6, null]],
};
