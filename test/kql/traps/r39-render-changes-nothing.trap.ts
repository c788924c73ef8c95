import type { Trap } from './trap';

/** R-39 as, render, getschema. A pipe through render as if it were an operator of SQL. */
export const trap: Trap = {
  rule: 'R-39',
  query: 'print a = 1 | as T | union T | render table | count',

  rows: [[2]],
};
