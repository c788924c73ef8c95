import type { Trap } from './trap';

/** R-33 parse. Column by column, a would be 1. */
export const trap: Trap = {
  rule: 'R-33',
  query: 'datatable(s:string)["a=1 b=x"] | parse s with "a=" a:long " b=" b:long | project a, b',

  rows: [[null, null]],
};
