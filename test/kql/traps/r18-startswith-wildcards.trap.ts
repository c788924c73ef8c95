import type { Trap } from './trap';

/** R-18 startswith and endswith. ILIKE 'a_%' would find both; it is used only where the needle has no such character. */
export const trap: Trap = {
  rule: 'R-18',
  query: 'datatable(s:string)["a_b", "axb"] | where s startswith "A_" | count',

  rows: [[1]],
};
