import type { Trap } from './trap';

/** R-6 where. Null turned into false before not() would keep two rows. */
export const trap: Trap = {
  rule: 'R-6',
  query: 'datatable(b:bool)[true, bool(null), false] | where not(b) | count',

  rows: [[1]],
};
