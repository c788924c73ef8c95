import type { Trap } from './trap';

/** R-32 print, datatable and range. Numbering only the unnamed ones would give print_1. */
export const trap: Trap = {
  rule: 'R-32',
  query: 'print 1, b = 2, "x"',
  columns: ['print_0', 'b', 'print_2'],
  rows: [[1, 2, 'x']],
};
