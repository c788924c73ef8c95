import type { Trap } from './trap';

/** R-25 arg_max. arg_max(v, x) by column skips null values and mixes rows. */
export const trap: Trap = {
  rule: 'R-25',
  query:
    'datatable(g:string, x:long, v:string)["a", 1, "p", "a", 2, "", "b", long(null), "q"] | summarize arg_max(x, *) by g | sort by g asc',
  columns: ['g', 'x', 'v'],
  rows: [
    ['a', 2, ''],
    ['b', null, 'q'],
  ],
};
