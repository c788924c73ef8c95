import type { Trap } from './trap';

/** R-35 make-series. GROUP BY alone has no row for the empty bins. */
export const trap: Trap = {
  rule: 'R-35',
  query: 'datatable(x:long)[0, 2] | make-series c = count() default = 0 on x from 0 to 4 step 1 | project c',

  rows: [[[1, 0, 1, 0]]],
};
