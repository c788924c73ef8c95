import type { Trap } from './trap';

/** R-50 Series. unnest and list would lose the null. */
export const trap: Trap = {
  rule: 'R-50',
  query: 'print a = series_add(dynamic([1, 2]), dynamic([3, 4])), b = series_fill_const(dynamic([1, null, 3]), 0)',

  rows: [
    [
      [4, 6],
      [1, 0, 3],
    ],
  ],
};
