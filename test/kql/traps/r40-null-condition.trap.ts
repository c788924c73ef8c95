import type { Trap } from './trap';

/** R-40 Conditions. coalesce of SQL keeps the empty string. */
export const trap: Trap = {
  rule: 'R-40',
  query: 'print a = iff(bool(null), 1, 2), b = coalesce("", "x"), c = isempty(dynamic(null))',

  rows: [[2, 'x', true]],
};
