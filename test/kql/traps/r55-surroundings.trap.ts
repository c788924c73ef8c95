import type { Trap } from './trap';

/** R-55 Surroundings. now() of SQL is another instant in each statement. */
export const trap: Trap = {
  rule: 'R-55',
  query: 'print a = now() - ago(1h), b = now() == now()',

  rows: [['01:00:00', true]],
};
