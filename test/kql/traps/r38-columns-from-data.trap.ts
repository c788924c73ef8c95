import type { Trap } from './trap';

/** R-38 evaluate. Without the second binding, b is unknown to extend. */
export const trap: Trap = {
  rule: 'R-38',
  query: 'print d = dynamic({"b": 1, "a": "x"}) | evaluate bag_unpack(d) | extend c = b + 1',
  columns: ['a', 'b', 'c'],
  rows: [['x', 1, 2]],
};
