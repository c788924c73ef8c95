import { castTo, dynamicOf } from './coerce';
import { aliases, at, gives, limited, packed, refused, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

const json = (sql: string): string => `CAST(${sql} AS VARCHAR)`;
const percentileSql = (digest: string, percent: string): string => `CAST(kql_js_tdigest_percentile(${json(digest)}, ${percent}) AS JSON)`;

const percentile: Emit = (args, context) => {
  const value = percentileSql(at(args, 0).sql, castTo(at(args, 1), 'real'));
  return args.length < 3 ? value : castTo({ sql: value, type: 'dynamic' }, context.bound);
};

/** The percentiles follow as numbers, or as one constant array. */
const percentiles: Emit = (args, context) => {
  const first = at(args, 1);
  const list = first.type === 'dynamic' ? context.settle(first).list : undefined;
  const wanted = list ? list.map(({ value }) => `${Number(value)}::DOUBLE`) : args.slice(1).map((arg) => castTo(arg, 'real'));
  return `json_array(${wanted.map((percent) => percentileSql(at(args, 0).sql, percent)).join(', ')})`;
};

const ranked =
  (name: string): Emit =>
  (args) =>
    `${name}(${json(at(args, 0).sql)}, ${castTo(at(args, 1), 'real')})`;

const merge =
  (name: string): Emit =>
  (args) =>
    `CAST(${name}(${packed(args)}) AS JSON)`;

const countHll: Emit = (args) => `kql_js_hll_count(${json(dynamicOf(at(args, 0)))})`;

/** What a sketch stands for is exact here; the text of the sketch itself is not the engine's. */
export const kept = limited('Kept exactly, not estimated; the text of a large digest or sketch differs from the engine’s.');

const real = { returns: gives('real'), support: kept };
const dynamic = { returns: gives('dynamic'), support: kept };

/** Functions over the results of tdigest() and hll(). */
export const sketchFunctionRows: readonly FunctionRow[] = [
  row('percentile_tdigest', 'R-51', percentile, { support: kept }),
  row('percentiles_array_tdigest', 'R-51', percentiles, dynamic),
  row('rank_tdigest', 'R-51', ranked('kql_js_tdigest_rank'), real),
  row('percentrank_tdigest', 'R-51', ranked('kql_js_tdigest_percentrank'), real),
  ...aliases(row('tdigest_merge', 'R-51', merge('kql_js_tdigest_merge'), dynamic), 'merge_tdigest'),
  row('hll_merge', 'R-51', merge('kql_js_hll_merge'), dynamic),
  row('dcount_hll', 'R-51', countHll, { returns: gives('long'), support: kept }),
  refused('tdigest_isvalid', 'R-51', 'it tests a private format of the engine.'),
  refused('hll_isvalid', 'R-51', 'it tests a private format of the engine.'),
];
