import type { Trap } from './trap';

/** R-58 scan. Taking t for the value of the row before gives 1, 3, 6 for t as well. */
export const trap: Trap = {
  rule: 'R-58',
  query: 'range x from 1 to 3 step 1 | scan declare (s:long = 0, t:long = 0) with (step a: true => s = a.s + x, t = t + x;)',

  rows: [
    [1, 1, 1],
    [2, 3, 2],
    [3, 6, 3],
  ],
};
