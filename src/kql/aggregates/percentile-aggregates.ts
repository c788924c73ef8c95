import type { KqlType } from '../schema';
import type { EmitContext } from '../translate/emit-context';
import type { Expression } from '../translate/expression';
import { castTo, dynamicOf } from '../functions/coerce';
import { limited } from '../functions/define';
import type { AggregateRow } from './aggregate-row';
import { aggregate } from './define';

const at = (args: readonly Expression[], index: number): Expression => args[index] as Expression;

/** A percentile as the fraction that DuckDB wants, which must be a constant. */
function fraction(percentile: Expression, context: EmitContext): string {
  const value = context.settle(percentile).constant?.value;
  if (typeof value !== 'bigint' && typeof value !== 'number') return context.refuse('A percentile must be a constant number.');
  return String(Math.min(Math.max(Number(value), 0), 100) / 100);
}

const value = (arg: Expression): Expression => (arg.type === 'dynamic' ? { sql: castTo(arg, 'real'), type: 'real' } : arg);
const quantile = (arg: Expression, part: string): string => `quantile_disc(${value(arg).sql}, ${part})`;

/** The percentiles of a list of arguments: numbers, or one constant array of numbers. */
function wanted(args: readonly Expression[], context: EmitContext): readonly Expression[] {
  const [first] = args;
  if (first?.type !== 'dynamic') return args;
  const list = context.settle(first).list;
  return (
    list?.map((item) => ({ sql: '', type: item.type, constant: { value: item.value } })) ??
    context.refuse('The percentiles must be a constant array.')
  );
}

const array = (items: readonly Expression[]): string => `json_array(${items.map(dynamicOf).join(', ')})`;

/** Weighted: each value counts as often as its weight says; the nearest rank is found in the sorted list. */
function weighted(args: readonly Expression[], part: string): string {
  const [item, weight] = [value(at(args, 0)), castTo(at(args, 1), 'long')];
  const pairs = `list({v: ${item.sql}, w: ${weight}} ORDER BY ${item.sql}) FILTER (WHERE ${item.sql} IS NOT NULL AND ${weight} > 0)`;
  const total = `sum(${weight}) FILTER (WHERE ${item.sql} IS NOT NULL AND ${weight} > 0)`;
  const reached = `list_reduce(${pairs}, lambda _a, _b: CASE WHEN _a.w >= ceil(${part} * ${total}) THEN _a ELSE {v: _b.v, w: _a.w + _b.w} END)`;
  return `(${reached}).v`;
}

const nearest = limited('The exact value of nearest rank, where the engine estimates over many rows.');
const typeOf = (args: readonly Expression[], bound: KqlType): KqlType =>
  at(args, 0).type === 'dynamic' || bound === 'dynamic' ? value(at(args, 0)).type : bound;
const estimate = { rule: 'R-51', support: nearest };

/** Percentiles. */
export const percentileAggregates: readonly AggregateRow[] = [
  aggregate('percentile', (args, context) => quantile(at(args, 0), fraction(at(args, 1), context)), { ...estimate, returns: typeOf }),
  aggregate('percentiles', (args, context) => args.slice(1).map((part) => quantile(at(args, 0), fraction(part, context))), {
    ...estimate,
    returns: typeOf,
  }),
  aggregate(
    'percentiles_array',
    (args, context) =>
      array(
        wanted(args.slice(1), context).map((part) => ({
          sql: quantile(at(args, 0), fraction(part, context)),
          type: value(at(args, 0)).type,
        })),
      ),
    estimate,
  ),
  aggregate('percentilew', (args, context) => weighted(args, fraction(at(args, 2), context)), { ...estimate, returns: typeOf }),
  aggregate('percentilesw', (args, context) => args.slice(2).map((part) => weighted(args, fraction(part, context))), {
    ...estimate,
    returns: typeOf,
  }),
  aggregate(
    'percentilesw_array',
    (args, context) =>
      array(
        wanted(args.slice(2), context).map((part) => ({ sql: weighted(args, fraction(part, context)), type: value(at(args, 0)).type })),
      ),
    estimate,
  ),
];
