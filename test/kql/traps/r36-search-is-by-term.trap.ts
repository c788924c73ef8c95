import type { Trap } from './trap';

/** R-36 search and find. LIKE over all columns finds both. */
export const trap: Trap = {
  rule: 'R-36',
  query: 'datatable(a:string, n:long)["foobar", 1, "foo bar", 2] | search "foo" | project n',

  rows: [[2]],
};
