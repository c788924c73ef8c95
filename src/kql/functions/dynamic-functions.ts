import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import { sqlString } from '../translate/literal';
import { castTo, dynamicOf, textOf } from './coerce';
import { aliases, at, dynamicCall, gives, limited, macro, packed, packedCall, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

const dynamic = { returns: gives('dynamic') };
const bool = { returns: gives('bool') };

/** Kusto stops a list at so many elements. */
const maxItems = 1048576;

const pathOf = (arg: Expression): readonly [string, string] => [arg.path?.base ?? arg.sql, sqlString(arg.path?.steps ?? '$')];

/** The length of an array; null for everything else. */
const arrayLength: Emit = (args, context) => {
  const arg = at(args, 0);
  if (arg.list) return `${arg.list.length}::BIGINT`;
  if (arg.items !== undefined) return `CAST(len(${arg.items}) AS BIGINT)`;
  const [base, steps] = pathOf(arg);
  return context.once(
    base,
    (json) => `(CASE json_type(${json}, ${steps}) WHEN 'ARRAY' THEN CAST(json_array_length(${json}, ${steps}) AS BIGINT) END)`,
  );
};

const packArray: Emit = (args) => `json_array(${args.map(dynamicOf).join(', ')})`;

/** DuckDB may try a function on every entry of a column's dictionary, null among them, and fails on a null key; concat() makes it ''. */
const keyOf = (arg: Expression): string => (arg.constant ? textOf(arg) : `concat(${textOf(arg)})`);

const bagPack: Emit = (args) => {
  const pairs = args.map((arg, index) => (index % 2 === 0 ? keyOf(arg) : dynamicOf(arg)));
  return `json_object(${pairs.join(', ')})`;
};

/** Null arguments are passed over; an argument that is no array is one element. */
const arrayConcat: Emit = (args) => {
  const lists = args.map((arg) => `CAST(json_extract(${arg.sql}, '$[*]') AS JSON[])`);
  return `to_json(${lists.reduce((sum, list) => `list_concat(${sum}, ${list})`)})`;
};

const arrayIndexOf: Emit = (args) => {
  const rest = [2, 3, 4].map((index) => args[index]?.sql ?? (index === 2 ? '0' : index === 3 ? '-1' : '1'));
  return `kql_js_array_index_of(CAST(${at(args, 0).sql} AS VARCHAR), CAST(${dynamicOf(at(args, 1))} AS VARCHAR), ${rest.join(', ')})`;
};

/** A dynamic value as the JSON text a runtime function takes. */
const json = (arg: Expression): string => `CAST(${dynamicOf(arg)} AS VARCHAR)`;

const shift =
  (sign: '' | '-'): Emit =>
  (args) =>
    `CAST(kql_js_array_shift(${json(at(args, 0))}, ${sign}(${at(args, 1).sql}), ${args[2] ? json(args[2]) : 'NULL::VARCHAR'}) AS JSON)`;

const rotate =
  (sign: '' | '-'): Emit =>
  (args) =>
    `CAST(kql_js_array_rotate(${json(at(args, 0))}, ${sign}(${at(args, 1).sql})) AS JSON)`;

function sortArguments(args: readonly Expression[]): { readonly arrays: readonly Expression[]; readonly nullsLast: string } {
  const flag = args.at(-1);
  return flag?.type === 'bool' ? { arrays: args.slice(0, -1), nullsLast: flag.sql } : { arrays: args, nullsLast: 'true' };
}

/** One array gives itself sorted; several give an array of arrays, or a column each. */
function sort(name: string): Pick<FunctionRow, 'emit' | 'columns'> {
  const sorted = (args: readonly Expression[]): string => {
    const { arrays, nullsLast } = sortArguments(args);
    return `CAST(kql_js_${name}(${packed(arrays)}, ${nullsLast}) AS JSON)`;
  };
  return {
    emit: (args) =>
      sortArguments(args).arrays.length === 1 ? `nullif(json_extract(${sorted(args)}, '$[0]'), 'null'::JSON)` : sorted(args),
    columns: (args) =>
      sortArguments(args).arrays.map((_, index) => ({
        sql: `nullif(json_extract(${sorted(args)}, '$[${index}]'), 'null'::JSON)`,
        type: 'dynamic',
      })),
  };
}

function sortRow(name: string): FunctionRow {
  const { emit, columns } = sort(name);
  return { ...row(name, 'R-48', emit, dynamic), ...(columns ? { columns } : {}) };
}

const overJson =
  (name: string): Emit =>
  (args) =>
    `${name}(${args.map(json).join(', ')})`;
const jsonOverJson =
  (name: string): Emit =>
  (args) =>
    `CAST(${name}(${args.map(json).join(', ')}) AS JSON)`;

/** range(): inclusive, at most 1,048,576 elements; times are written as text. */
const range: Emit = (args, context) => {
  const [start, stop] = [at(args, 0), at(args, 1)];
  const real = [start, stop, args[2]].some((arg) => arg?.type === 'real' || arg?.type === 'decimal');
  const type: KqlType = start.type === 'datetime' || start.type === 'timespan' ? start.type : real ? 'real' : 'long';
  const unit = type === 'datetime' || type === 'timespan' ? '36000000000::BIGINT' : type === 'real' ? '1.0::DOUBLE' : '1::BIGINT';
  const numbers = [start, stop].map((arg) => castTo(arg, type));
  const step = args[2] ? castTo(args[2], type === 'datetime' ? 'timespan' : type) : unit;
  return context.onceAll([...numbers, step], ([from = '', to = '', by = '']) => {
    const count = type === 'real' ? `CAST(floor((${to} - ${from}) / ${by} + 1e-9) AS BIGINT) + 1` : `(${to} - ${from}) // ${by} + 1`;
    const item = dynamicOf({ sql: `(${from} + _i * ${by})`, type });
    const inside = `CASE WHEN (${to} - ${from}) * sign(${by}) >= 0 THEN least(${count}, ${maxItems}) ELSE 0 END`;
    return `(CASE WHEN ${by} <> 0 THEN to_json(list_transform(range(${inside}), lambda _i: ${item})) END)`;
  });
};

const repeat: Emit = (args) =>
  `to_json(list_transform(range(least(greatest(${castTo(at(args, 1), 'long')}, 0), ${maxItems})), lambda _i: ${dynamicOf(at(args, 0))}))`;

const bagHasKey: Emit = (args) => `kql_js_bag_has_key(${json(at(args, 0))}, ${textOf(at(args, 1))})`;
const bagSetKey: Emit = (args) => `CAST(kql_js_bag_set_key(${json(at(args, 0))}, ${textOf(at(args, 1))}, ${json(at(args, 2))}) AS JSON)`;
const dynamicToJson: Emit = (args) => `coalesce(kql_js_canonical_json(${json(at(args, 0))}), '')`;
const spacing = limited('Numbers print as they were written; the engine may write 1.0 where the text has 1.00.');

/** Dynamic arrays, sets and bags (R-48). */
export const dynamicFunctionRows: readonly FunctionRow[] = [
  ...aliases(row('array_length', 'R-48', arrayLength, { returns: gives('long') }), 'arraylength'),
  row('pack_array', 'R-48', packArray, dynamic),
  ...aliases(row('bag_pack', 'R-48', bagPack, dynamic), 'pack', 'pack_dictionary'),
  row('array_concat', 'R-48', arrayConcat, dynamic),
  row('array_index_of', 'R-48', arrayIndexOf, { returns: gives('long') }),
  row('array_slice', 'R-48', dynamicCall('kql_js_array_slice', 'any'), dynamic),
  row('array_reverse', 'R-48', dynamicCall('kql_js_array_reverse', 'any'), dynamic),
  row('array_rotate_left', 'R-48', rotate(''), dynamic),
  row('array_rotate_right', 'R-48', rotate('-'), dynamic),
  row('array_shift_left', 'R-48', shift(''), dynamic),
  row('array_shift_right', 'R-48', shift('-'), dynamic),
  row('array_split', 'R-48', jsonOverJson('kql_js_array_split'), dynamic),
  sortRow('array_sort_asc'),
  sortRow('array_sort_desc'),
  ...aliases(row('array_iff', 'R-48', jsonOverJson('kql_js_array_iff'), dynamic), 'array_iif'),
  ...aliases(row('array_sum', 'R-50', overJson('kql_js_array_sum'), { returns: gives('real') }), 'series_sum'),
  row('zip', 'R-48', packedCall('kql_js_zip'), dynamic),
  row('range', 'R-48', range, dynamic),
  row('repeat', 'R-48', repeat, dynamic),
  row('treepath', 'R-48', jsonOverJson('kql_js_treepath'), dynamic),
  row('dynamic_to_json', 'R-48', dynamicToJson, { returns: gives('string'), support: spacing }),
  row('bag_keys', 'R-48', macro('kql_bag_keys', 'any'), dynamic),
  row('bag_has_key', 'R-48', bagHasKey, bool),
  row('bag_remove_keys', 'R-48', jsonOverJson('kql_js_bag_remove_keys'), dynamic),
  row('bag_set_key', 'R-48', bagSetKey, dynamic),
  row('bag_merge', 'R-48', packedCall('kql_js_bag_merge'), dynamic),
  row('bag_zip', 'R-48', packedCall('kql_js_bag_zip'), dynamic),
  row('set_union', 'R-48', packedCall('kql_js_set_union'), dynamic),
  row('set_intersect', 'R-48', packedCall('kql_js_set_intersect'), dynamic),
  row('set_difference', 'R-48', packedCall('kql_js_set_difference'), dynamic),
  row('set_has_element', 'R-48', overJson('kql_js_set_has_element'), bool),
  row('set_equals', 'R-48', overJson('kql_js_set_equals'), bool),
  row('jaccard_index', 'R-48', overJson('kql_js_jaccard_index'), { returns: gives('real') }),
];
