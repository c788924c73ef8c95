import type { Trap } from './trap';

/** R-48 Arrays and bags. json_array_length gives 0 for what is no array. */
export const trap: Trap = {
  rule: 'R-48',
  query: 'print a = array_length(dynamic("x")), b = array_concat(dynamic([1]), dynamic([2])), c = bag_keys(dynamic({"k": 1}))',

  rows: [[null, [1, 2], ['k']]],
};
