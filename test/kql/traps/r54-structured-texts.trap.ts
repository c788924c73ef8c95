import type { Trap } from './trap';

/** R-54 Structured texts. A cast raises an error for what is no JSON. */
export const trap: Trap = {
  rule: 'R-54',
  query: 'print a = parse_json("{\\"a\\": 1}").a, b = parse_json("x y"), c = tostring(parse_url("https://h.com/p?q=1").Host)',

  rows: [[1, 'x y', 'h.com']],
};
