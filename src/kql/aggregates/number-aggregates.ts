import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import { castTo } from '../functions/coerce';
import { limited } from '../functions/define';
import type { AggregateRow } from './aggregate-row';
import { aggregate, aliases, gives, where, withIf } from './define';

const isWhole = (type: KqlType): boolean => type === 'int' || type === 'long';

/** Dynamic and text values take part as the numbers they are. */
const numeric = (value: Expression, bound: KqlType): Expression =>
  value.type === 'dynamic' || value.type === 'string' || value.type === 'bool'
    ? { sql: castTo(value, isWhole(bound) ? 'long' : 'real'), type: isWhole(bound) ? 'long' : 'real' }
    : value;

/** Sums of 64-bit numbers wrap around; the sum of nothing is zero. */
function sum(value: Expression, filter: string, bound: KqlType): string {
  const { sql, type } = numeric(value, bound);
  const total = `sum(${sql})${filter}`;
  if (type === 'real') return `coalesce(${total}, 0.0::DOUBLE)`;
  return type === 'decimal' ? `CAST(coalesce(${total}, 0) AS DECIMAL(38,18))` : `coalesce(kql_wrap(${total}), 0)`;
}

/** The average of nothing is NaN; of times it is null. */
function avg(value: Expression, filter: string, bound: KqlType): string {
  const { sql, type } = numeric(value, bound);
  if (type === 'datetime' || type === 'timespan') return `CAST(sum(${sql})${filter} // count(${sql})${filter} AS BIGINT)`;
  if (type === 'decimal') return `CAST(sum(${sql})${filter} / count(${sql})${filter} AS DECIMAL(38,18))`;
  if (type === 'real') return `coalesce(avg(${sql})${filter}, 'NaN'::DOUBLE)`;
  return `coalesce(CAST(kql_wrap(sum(${sql})${filter}) AS DOUBLE) / count(${sql})${filter}, 'NaN'::DOUBLE)`;
}

/** One NaN makes the extreme NaN; DuckDB takes it for the greatest number. */
function min({ sql, type }: Expression, filter: string): string {
  const least = `min(${sql})${filter}`;
  if (type === 'string') return `coalesce(${least}, '')`;
  return type === 'real' ? `(CASE WHEN bool_or(isnan(${sql}))${filter} THEN 'NaN'::DOUBLE ELSE ${least} END)` : least;
}

const max = ({ sql, type }: Expression, filter: string): string =>
  type === 'string' ? `coalesce(max(${sql})${filter}, '')` : `max(${sql})${filter}`;

/** Extremes of dynamic values compare them as numbers. */
const comparable =
  (emit: typeof min) =>
  (value: Expression, filter: string, bound: KqlType): string => {
    if (value.type !== 'dynamic') return emit(value, filter);
    return bound === 'dynamic'
      ? `kql_json_of_real(${emit({ sql: castTo(value, 'real'), type: 'real' }, filter)})`
      : emit({ sql: castTo(value, bound), type: bound }, filter);
  };

type Spread = 'var_samp' | 'var_pop' | 'covar_samp' | 'covar_pop';

/** Kusto rounds variances to ten digits after the point, and takes the root of what is rounded; of one value it is zero. */
const spread = (name: Spread, values: readonly Expression[], filter: string): string =>
  `coalesce(round(${name}(${values.map((value) => castTo(value, 'real')).join(', ')})${filter}, 10), 0.0::DOUBLE)`;

const real = { returns: gives('real') };
const one =
  (name: Spread, root: boolean) =>
  (value: Expression, filter: string): string =>
    root ? `sqrt(${spread(name, [value], filter)})` : spread(name, [value], filter);

function covariances(names: readonly [string, string], name: Spread): readonly AggregateRow[] {
  return names.map((spelling, index) =>
    aggregate(spelling, (args) => spread(name, args.slice(0, 2), index === 0 ? '' : where(args[2] && castTo(args[2], 'bool'))), real),
  );
}

const bits = (name: string, sqlName: string): AggregateRow =>
  aggregate(name, ([value]) => `${sqlName}(${castTo(value as Expression, 'long')})`, { returns: gives('long') });

/** Sums, averages, extremes and spreads. */
export const numberAggregates: readonly AggregateRow[] = [
  ...withIf(['sum', 'sumif'], sum),
  ...withIf(['avg', 'avgif'], avg),
  ...withIf(['min', 'minif'], comparable(min)),
  ...withIf(['max', 'maxif'], comparable(max)),
  ...withIf(['variance', 'varianceif'], one('var_samp', false), real),
  ...withIf(['variancep', 'variancepif'], one('var_pop', false), real),
  ...withIf(['stdev', 'stdevif'], one('var_samp', true), real),
  aggregate('stdevp', ([value]) => one('var_pop', true)(value as Expression, ''), real),
  ...covariances(['covariance', 'covarianceif'], 'covar_samp'),
  ...covariances(['covariancep', 'covariancepif'], 'covar_pop'),
  bits('binary_all_and', 'bit_and'),
  bits('binary_all_or', 'bit_or'),
  bits('binary_all_xor', 'bit_xor'),
];

const estimated = limited('Counts exactly, where the engine estimates large counts; the accuracy argument has no effect.');
const distinct = ({ sql, type }: Expression, filter: string): string =>
  `count(DISTINCT ${type === 'dynamic' ? `kql_js_canonical_json(CAST(${sql} AS VARCHAR))` : sql})${filter}`;
const long = { returns: gives('long') };

/** Counts of rows and of distinct values. */
export const countAggregates: readonly AggregateRow[] = [
  // count(x) counts rows as well, also those where x is null.
  ...aliases(
    aggregate('count', () => 'count(*)', long),
    'cnt',
  ),
  aggregate('countif', ([predicate]) => `count(*)${where(predicate && castTo(predicate, 'bool'))}`, long),
  ...withIf(['dcount', 'dcountif'], distinct, { ...long, support: estimated }),
  ...withIf(['count_distinct', 'count_distinctif'], distinct, long),
];
