import type { Trap } from './trap';

/** R-30 mv-expand. unnest alone loses the null row. */
export const trap: Trap = {
  rule: 'R-30',
  query: 'datatable(d:dynamic)[dynamic([1, 2]), dynamic(null), dynamic([])] | mv-expand d | count',

  rows: [[3]],
};
