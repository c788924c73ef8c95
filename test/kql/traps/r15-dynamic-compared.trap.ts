import type { Trap } from './trap';

/** R-15 Dynamic operands. A cast to BIGINT rounds 1.5 and makes e or f wrong. */
export const trap: Trap = {
  rule: 'R-15',
  query: 'print d = dynamic({"a": 1.5, "b": "x"}) | extend e = d.a == 1, f = d.a > 1, g = d.b == "x"',

  rows: [[{ a: 1.5, b: 'x' }, false, true, true]],
};
