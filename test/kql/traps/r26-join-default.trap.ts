import type { Trap } from './trap';

/** R-26 join. An inner join gives 4 rows. */
export const trap: Trap = {
  rule: 'R-26',
  query: 'datatable(k:long, v:string)[1, "a", 1, "b"] | join (datatable(k:long, w:string)[1, "x", 1, "y"]) on k | count',

  rows: [[2]],
};
