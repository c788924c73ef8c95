import type { Trap } from './trap';

/** R-29 union. UNION ALL by position, or by name with a cast, mixes types. */
export const trap: Trap = {
  rule: 'R-29',
  query: 'union (print a = 1, s = "x"), (print a = 1.5) | sort by a_long asc',
  columns: ['a_long', 's', 'a_real'],
  rows: [
    [null, '', 1.5],
    [1, 'x', null],
  ],
};
