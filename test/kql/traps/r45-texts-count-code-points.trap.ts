import type { Trap } from './trap';

/** R-45 Texts. UTF-16 units would count 4. */
export const trap: Trap = {
  rule: 'R-45',
  query: 'print n = strlen("a\ud83d\ude00b"), s = substring("a\ud83d\ude00b", 1, 1), u = toupper("abc")',

  rows: [[3, '\ud83d\ude00', 'ABC']],
};
