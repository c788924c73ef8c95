import type { Trap } from './trap';

/** R-12 Arithmetic. DuckDB raises an error for the sum, gives 3.5 for / and -1 for %. */
export const trap: Trap = {
  rule: 'R-12',
  query: 'datatable(x:long)[9223372036854775807] | extend a = x + 1, b = 7 / 2, c = -7 % 3, d = x / 0',

  rows: [['9223372036854775807', '-9223372036854775808', 3, 2, null]],
};
