import type { Trap } from './trap';

/** R-13 Null in comparisons. SQL gives null for one null as well, and not(x == y) then loses rows. */
export const trap: Trap = {
  rule: 'R-13',
  query: 'datatable(x:long, y:long)[1, long(null), long(null), long(null)] | extend eq = x == y, ne = x != y',

  rows: [
    [1, null, false, true],
    [null, null, null, null],
  ],
};
