import type { Trap } from './trap';

/** R-52 Addresses. A comparison of texts finds 10.1.2.3 before 9.0.0.0. */
export const trap: Trap = {
  rule: 'R-52',
  query: 'print a = ipv4_is_in_range("10.1.2.3", "10.0.0.0/8"), b = ipv4_is_private("8.8.8.8"), c = ipv4_is_match("1.2.3.4", "x")',

  rows: [[true, false, null]],
};
