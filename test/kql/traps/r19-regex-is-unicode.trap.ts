import type { Trap } from './trap';

/** R-19 matches regex. RE2 alone knows ASCII digits: one row. */
export const trap: Trap = {
  rule: 'R-19',
  query: 'datatable(s:string)["\uff11", "1", "x"] | where s matches regex @"^\\d$" | count',

  rows: [[2]],
};
