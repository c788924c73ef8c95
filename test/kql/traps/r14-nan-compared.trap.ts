import type { Trap } from './trap';

/** R-14 NaN. DuckDB holds NaN equal to itself and greater than every number. */
export const trap: Trap = {
  rule: 'R-14',
  query: 'datatable(x:real)[real(nan)] | extend e = x == x, g = x > 1.0',

  rows: [['NaN', false, false]],
};
