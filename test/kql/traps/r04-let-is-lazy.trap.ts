import type { Trap } from './trap';

/** R-4 Let. Pasted as text, x * 3 is 1 + 1 * 3 = 4. */
export const trap: Trap = {
  rule: 'R-4',
  query: 'let x = 1 + 1; let unused = toscalar(print 1); print y = x * 3',

  rows: [[6]],
};
