import type { Trap } from './trap';

/** R-41 Conversions. CAST rounds 2.7 to 3 and fails on the text. */
export const trap: Trap = {
  rule: 'R-41',
  query: 'print a = toint("5.7"), b = toint(" 45 "), c = tolong("0x10"), d = toint(2.7)',

  rows: [[null, 45, 16, 2]],
};
