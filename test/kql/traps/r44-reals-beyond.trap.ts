import type { Trap } from './trap';

/** R-44 Real functions. DuckDB raises an error for the first two. */
export const trap: Trap = {
  rule: 'R-44',
  query: 'print a = sqrt(-1.0), b = log(0.0), c = 1.0 / 0.0',

  rows: [['NaN', '-Infinity', 'Infinity']],
};
