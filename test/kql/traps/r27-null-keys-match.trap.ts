import type { Trap } from './trap';

/** R-27 Keys of joins. SQL = never matches nulls: no row. */
export const trap: Trap = {
  rule: 'R-27',
  query: 'datatable(k:long)[long(null)] | join kind=inner (datatable(k:long, w:string)[long(null), "x"]) on k | project w',

  rows: [['x']],
};
