import type { Trap } from './trap';

/** R-20 has. contains would find three rows. */
export const trap: Trap = {
  rule: 'R-20',
  query: 'datatable(s:string)["cmd -enc x", "cmd -encode", "an-enc", "rent"] | where s has "enc" | count',

  rows: [[2]],
};
