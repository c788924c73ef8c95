import type { Trap } from './trap';

/** R-61 Aggregates and nulls. count(x) of SQL would be 2, the average NULL, and the least value 1. */
export const trap: Trap = {
  rule: 'R-61',
  query:
    'datatable(x:real, y:real)[1.0, real(null), real(null), real(null), real(nan), real(null)] | summarize count(x), min(x), max(x), avg(y), sum(y), variance(y)',
  rows: [[3, 'NaN', 'NaN', 'NaN', 0, 0]],
};
