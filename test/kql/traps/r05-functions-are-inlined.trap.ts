import type { Trap } from './trap';

/** R-5 Functions of the query. Arguments taken by position alone give c = 3 + 4 in the wrong places; defaults are easily lost. */
export const trap: Trap = {
  rule: 'R-5',
  query: 'let n = 1; let f = (x:long, y:long = 10) { x + y + n }; print a = f(1), b = f(1, 2), c = f(y = 3, x = 4)',

  rows: [[12, 4, 8]],
};
