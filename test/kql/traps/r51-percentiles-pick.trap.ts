import type { Trap } from './trap';

/** R-51 Percentiles. quantile_cont gives 2.5. */
export const trap: Trap = {
  rule: 'R-51',
  query: 'datatable(x:long)[1, 2, 3, 4] | summarize p = percentile(x, 50)',

  rows: [[2]],
};
