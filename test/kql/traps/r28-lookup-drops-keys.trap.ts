import type { Trap } from './trap';

/** R-28 lookup. A join would show k1, and null for the missing text. */
export const trap: Trap = {
  rule: 'R-28',
  query: 'datatable(k:long)[1, 2] | lookup (datatable(k:long, w:string)[1, "x"]) on k | sort by k asc',
  columns: ['k', 'w'],
  rows: [
    [1, 'x'],
    [2, ''],
  ],
};
