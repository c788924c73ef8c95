import type { Trap } from './trap';

/** R-8 project. SQL would call them after their text. */
export const trap: Trap = {
  rule: 'R-8',
  query: 'print x = 5 | project x + 1, x * 2, strlen("ab")',
  columns: ['Column1', 'Column2', 'strlen_'],
  rows: [[6, 10, 2]],
};
