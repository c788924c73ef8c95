import type { Trap } from './trap';

/** R-46 has_any_index. The place of the first hit in the text would be 1. */
export const trap: Trap = {
  rule: 'R-46',
  query: 'print a = has_any_index("b a", dynamic(["a", "b"])), b = has_any_index("x", dynamic(["a"]))',

  rows: [[0, -1]],
};
