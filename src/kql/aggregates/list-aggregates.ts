import type { EmitContext } from '../translate/emit-context';
import type { Expression } from '../translate/expression';
import { castTo, constantNumber, dynamicOf } from '../functions/coerce';
import { limited } from '../functions/define';
import type { AggregateRow } from './aggregate-row';
import { aggregate, aliases, gives, where, type EmitAggregate } from './define';

/** A list that is cut where the query says so. */
const cut = (list: string, size: Expression | undefined): string =>
  size === undefined ? list : `list_slice(${list}, 1, ${Math.trunc(constantNumber(size) ?? 0)})`;

/** The items of a value in a list: those of an array are taken one by one. */
const items = (sql: string): string => `CASE json_type(${sql}) WHEN 'ARRAY' THEN json_extract(${sql}, '$[*]') ELSE [${sql}] END`;

const notNull = (value: Expression): string | undefined =>
  value.type === 'string' || value.type === 'dynamic' ? undefined : `${value.sql} IS NOT NULL`;

/** What goes into the list, in a type that to_json() writes as Kusto does. */
const listed = (value: Expression): string =>
  value.type === 'string' || value.type === 'int' || value.type === 'long' || value.type === 'bool' || value.type === 'guid'
    ? value.sql
    : dynamicOf(value);

interface Options {
  readonly predicate?: string | undefined;
  readonly size?: Expression | undefined;
  readonly keepNulls?: boolean;
  readonly fewRows?: boolean;
}

/** make_list(): the values in order, nulls left out. */
function list(value: Expression, options: Options): string {
  if (value.type === 'dynamic') {
    return `coalesce(to_json(${cut(`flatten(list(${items(value.sql)})${where(options.predicate)})`, options.size)}), '[]'::JSON)`;
  }
  const kept = where(options.predicate, options.keepNulls ? undefined : notNull(value));
  return `coalesce(to_json(${cut(`list(${listed(value)})${kept}`, options.size)}), '[]'::JSON)`;
}

/** The distinct elements of a list of lists, in the order in which they first appear. */
function distinct(lists: string, size: Expression | undefined): string {
  const union = `CAST(kql_js_set_union(CAST(to_json(${lists}) AS VARCHAR)) AS JSON)`;
  return `coalesce(${size === undefined ? union : `to_json(${cut(`json_extract(${union}, '$[*]')`, size)})`}, '[]'::JSON)`;
}

/** make_set(): the distinct values. DISTINCT is several times faster over many rows, but gives them in no order. */
function set(value: Expression, options: Options): string {
  if (value.type === 'dynamic')
    return distinct(
      `list(${options.fewRows ? '' : 'DISTINCT '}${items(value.sql)})${where(options.predicate, `${value.sql} IS NOT NULL`)}`,
      options.size,
    );
  const kept = where(options.predicate, notNull(value));
  if (options.fewRows) return distinct(`[list(${listed(value)})${kept}]`, options.size);
  return `coalesce(to_json(${cut(`list(DISTINCT ${listed(value)})${kept}`, options.size)}), '[]'::JSON)`;
}

/** make_bag(): all keys of all bags, the first value of each. */
function bag(value: Expression, options: Options): string {
  const all = `CAST(to_json(${cut(`list(${value.sql})${where(options.predicate, `${value.sql} IS NOT NULL`)}`, options.size)}) AS VARCHAR)`;
  return `coalesce(CAST(kql_js_bag_merge(${all}) AS JSON), '{}'::JSON)`;
}

/** The size must be a number in the query's text: over rows it would say nothing. */
function sizeOf(size: Expression | undefined, context: EmitContext): Expression | undefined {
  if (size === undefined || constantNumber(size) !== undefined) return size;
  return context.refuse('The size of a list must be a constant number.', 'Write the number, or a let of it.');
}

type Maker = (value: Expression, options: Options) => string;
const plain =
  (make: Maker): EmitAggregate =>
  ([value, size], context) =>
    make(value as Expression, { size: sizeOf(size, context), fewRows: context.fewRows });
const conditional =
  (make: Maker): EmitAggregate =>
  ([value, predicate, size], context) =>
    make(value as Expression, {
      predicate: predicate && castTo(predicate, 'bool'),
      size: sizeOf(size, context),
      fewRows: context.fewRows,
    });

/** Any value of the group, a present one when there is one. */
const any = (value: Expression, predicate?: Expression): string => {
  const found = `any_value(${value.sql})${where(predicate && castTo(predicate, 'bool'))}`;
  return value.type === 'string' ? `coalesce(${found}, '')` : found;
};

const dynamic = { returns: gives('dynamic') };
const order = limited('Elements come in the order of the rows, which the engine does not promise either.');
const unordered = { ...dynamic, support: order };

/** Lists, sets and bags of the values of a group; `any` value of it. */
export const listAggregates: readonly AggregateRow[] = [
  ...aliases(aggregate('make_list', plain(list), unordered), 'makelist'),
  aggregate('make_list_if', conditional(list), unordered),
  aggregate('make_list_with_nulls', ([value]) => list(value as Expression, { keepNulls: true }), unordered),
  ...aliases(aggregate('make_set', plain(set), unordered), 'makeset'),
  aggregate('make_set_if', conditional(set), unordered),
  ...aliases(aggregate('make_bag', plain(bag), unordered), 'make_dictionary'),
  aggregate('make_bag_if', conditional(bag), unordered),
  aggregate('buildschema', ([value]) => `CAST(kql_js_buildschema(CAST(to_json(list(${value?.sql})) AS VARCHAR)) AS JSON)`, dynamic),
  ...aliases(
    aggregate('take_any', ([value]) => any(value as Expression)),
    'any',
  ),
  ...aliases(
    aggregate('take_anyif', ([value, predicate]) => any(value as Expression, predicate)),
    'anyif',
  ),
];
