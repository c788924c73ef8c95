import type { Trap } from './trap';

/** R-16 =~. = would find nothing. */
export const trap: Trap = {
  rule: 'R-16',
  query: 'datatable(s:string)["Abc", "abd"] | where s =~ "aBC" | count',

  rows: [[1]],
};
