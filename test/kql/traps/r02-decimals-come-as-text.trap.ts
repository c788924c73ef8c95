import type { Trap } from './trap';

/** R-2 Tables. A decimal read as a double makes 0.1 + 0.2 something else than 0.3. */
export const trap: Trap = {
  rule: 'R-2',
  query: 'print d = decimal(0.1) + decimal(0.2)',

  rows: [[0.3]],
};
