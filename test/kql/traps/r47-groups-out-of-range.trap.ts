import type { Trap } from './trap';

/** R-47 Patterns. regexp_replace without g replaces once. */
export const trap: Trap = {
  rule: 'R-47',
  query: 'print a = extract("(a)(b)?", 2, "ac"), b = extract("x", 0, "ac"), c = replace_regex("aXbX", "X", "-")',

  rows: [['', '', 'a-b-']],
};
