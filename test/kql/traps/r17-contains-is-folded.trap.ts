import type { Trap } from './trap';

/** R-17 contains. LIKE '%0%%' would find both. */
export const trap: Trap = {
  rule: 'R-17',
  query: 'datatable(s:string)["50%", "505"] | where s contains "0%" | count',

  rows: [[1]],
};
