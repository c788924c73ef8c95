import type { Trap } from './trap';

/** R-34 parse-kv. A map built from all pairs keeps the last. */
export const trap: Trap = {
  rule: 'R-34',
  query: 'print s = "a=1;a=2" | parse-kv s as (a:long, b:long) with (pair_delimiter = ";", kv_delimiter = "=") | project a, b',

  rows: [[1, null]],
};
