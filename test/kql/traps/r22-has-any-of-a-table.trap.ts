import type { Trap } from './trap';

/** R-22 has_any. A pattern built for each row is compiled for each row. */
export const trap: Trap = {
  rule: 'R-22',
  query: 'datatable(s:string)["a b", "abc", "c"] | where s has_any (datatable(t:string)["A", "c"]) | count',

  rows: [[2]],
};
