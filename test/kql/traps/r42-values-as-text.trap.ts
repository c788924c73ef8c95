import type { Trap } from './trap';

/** R-42 Values as text. A cast of JSON keeps the quotes. */
export const trap: Trap = {
  rule: 'R-42',
  query: 'print a = tostring(1d + 1h), b = tostring(int(null)), c = tostring(dynamic("x"))',

  rows: [['1.01:00:00', '', 'x']],
};
