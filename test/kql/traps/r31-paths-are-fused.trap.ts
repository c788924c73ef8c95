import type { Trap } from './trap';

/** R-31 Members of dynamic values. A cast of extracted JSON to text keeps the quotes: '"x"'. */
export const trap: Trap = {
  rule: 'R-31',
  query: 'print d = dynamic({"a": [{"b": "x"}, {"b": "y"}]}) | extend p = tostring(d.a[0].b), q = tostring(d.a[-1].b), r = d.a.zz',

  rows: [[{ a: [{ b: 'x' }, { b: 'y' }] }, 'x', 'y', null]],
};
