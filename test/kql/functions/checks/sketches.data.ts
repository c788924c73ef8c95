import type { Check } from '../check';

/** Functions that only make sense over a column or an aggregate. */
export const sketchChecks: readonly Check[] = [
  [
    'percentile_tdigest',
    'toscalar(range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project percentile_tdigest(d, 95, typeof(long)))',
    950,
  ],
  [
    'percentiles_array_tdigest',
    'toscalar(range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project percentiles_array_tdigest(d, 10, 50))',
    [100, 500],
  ],
  ['rank_tdigest', 'toscalar(range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project rank_tdigest(d, 685))', 685],
  ['percentrank_tdigest', 'toscalar(range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project percentrank_tdigest(d, 850))', 85],
  [
    'tdigest_merge',
    'toscalar(range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project rank_tdigest(tdigest_merge(d, d), 10))',
    20,
  ],
  [
    'merge_tdigest',
    'toscalar(range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project rank_tdigest(merge_tdigest(d, d), 10))',
    20,
  ],
  ['dcount_hll', 'toscalar(range x from 1 to 10 step 1 | summarize a = hll(x % 4), b = hll(x) | project dcount_hll(a))', 4],
  ['hll_merge', 'toscalar(range x from 1 to 10 step 1 | summarize a = hll(x % 4), b = hll(x) | project dcount_hll(hll_merge(a, b)))', 11],
  ['estimate_data_size', 'toscalar(print a = 1, b = "1234567890", c = toint(1), d = true | project estimate_data_size(a, b, c, d))', 23],
];
