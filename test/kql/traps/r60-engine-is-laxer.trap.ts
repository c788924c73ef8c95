import type { Trap } from './trap';

/** R-60 The binder is stricter. An unknown table is an error elsewhere. */
export const trap: Trap = {
  rule: 'R-60',
  query: 'union isfuzzy=true (print a = 1), NoSuchTable, (OtherTable | where n > 1 | project a = n) | count',

  rows: [[1]],
};
