import type { Trap } from './trap';

/** R-49 Times. TIMESTAMP keeps six digits. */
export const trap: Trap = {
  rule: 'R-49',
  query: 'print a = endofday(datetime(2020-01-01 05:00)), b = datetime(2020-01-01 00:00:00.1234567) + 1tick',

  rows: [['2020-01-01T23:59:59.9999999Z', '2020-01-01T00:00:00.1234568Z']],
};
