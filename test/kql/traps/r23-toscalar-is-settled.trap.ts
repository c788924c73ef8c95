import type { Trap } from './trap';

/** R-23 toscalar. A pattern from a subquery is no constant to DuckDB. */
export const trap: Trap = {
  rule: 'R-23',
  query: 'datatable(s:string)["ab", "cd"] | where s matches regex toscalar(print "^a") | count',

  rows: [[1]],
};
