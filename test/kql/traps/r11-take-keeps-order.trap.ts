import type { Trap } from './trap';

/** R-11 take. Sorting after the cut would give 2 and 1. */
export const trap: Trap = {
  rule: 'R-11',
  query: 'range x from 1 to 5 step 1 | sort by x | take 2',

  rows: [[5], [4]],
};
