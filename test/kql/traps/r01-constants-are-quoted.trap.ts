import type { Trap } from './trap';

/** R-1 Constants. Text pasted between quotes ends the literal at the first quote, and a NUL ends the whole statement. */
export const trap: Trap = {
  rule: 'R-1',
  query: 'print s = "it\'s \\u0000 here" | extend n = strlen(s)',

  rows: [["it's \u0000 here", 11]],
};
