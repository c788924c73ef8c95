import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import { constantOf, sqlString } from '../translate/literal';
import { castTo, dynamicOf, memberOf, textOf } from './coerce';
import { aliases, at, gives, limited, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

/** A cast writes its argument several times when that is text or dynamic: a long argument is evaluated once. */
const cast =
  (type: KqlType): Emit =>
  (args, context) => {
    const arg = at(args, 0);
    if (arg.type === type) return arg;
    if (arg.constant) return castTo(arg, type);
    if (memberOf(arg) !== undefined && (type === 'int' || type === 'long' || type === 'real')) return castTo(arg, type);
    return context.once(arg.sql, (sql) => castTo({ sql, type: arg.type }, type));
  };

function conversion(name: string, type: KqlType, ...others: readonly string[]): readonly FunctionRow[] {
  return aliases(row(name, 'R-41', cast(type), { returns: gives(type) }), ...others);
}

const tostring: Emit = (args) => textOf(at(args, 0));

const isColumn = (sql: string): boolean => /^"(?:[^"]|"")*"$/.test(sql);

const parseJson: Emit = (args, context) => {
  const arg = at(args, 0);
  if (arg.type === 'dynamic') return arg;
  if (arg.type !== 'string') return dynamicOf(arg);
  const sql = context.once(arg.sql, (text) => `(kql_parse_json(${text}))`);
  return { sql, type: 'dynamic', parsed: isColumn(arg.sql) ? arg.sql : undefined };
};

const gettype: Emit = (args) => {
  const arg = at(args, 0);
  if (arg.type === 'dynamic') return `(kql_gettype_json(${arg.sql}))`;
  return constantOf(arg.type, 'string');
};

const isnull: Emit = (args) => nullness(at(args, 0), true);
const isnotnull: Emit = (args) => nullness(at(args, 0), false);

function nullness(arg: Expression, wanted: boolean): Expression | string {
  if (arg.type === 'string') return constantOf(!wanted, 'bool');
  if (arg.type !== 'dynamic') return `(${arg.sql} IS ${wanted ? '' : 'NOT '}NULL)`;
  const path = arg.path ? `, ${sqlString(arg.path.steps)}` : '';
  return `(coalesce(json_type(${arg.path?.base ?? arg.sql}${path}), 'NULL') ${wanted ? '=' : '<>'} 'NULL')`;
}

const tohex: Emit = (args, context) => {
  const arg = at(args, 0);
  const width = args[1] ? castTo(args[1], 'long') : undefined;
  return context.once(arg.sql, (value) => {
    const narrow = arg.type === 'int' ? `(${value} & 4294967295)` : value;
    const hex = `lower(hex(${narrow}))`;
    return `coalesce(${width === undefined ? hex : `lpad(${hex}, CAST(greatest(length(${hex}), ${width}) AS INTEGER), '0')`}, '')`;
  });
};

/** Conversions (R-41): what cannot be converted is null, and a text must be wholly what it is read as. */
export const conversionFunctions: readonly FunctionRow[] = [
  row('tostring', 'R-42', tostring),
  ...conversion('toint', 'int'),
  ...conversion('tolong', 'long'),
  ...conversion('todouble', 'real', 'toreal'),
  ...conversion('todecimal', 'decimal').map((item) => ({ ...item, support: limited('18 digits after the point, 20 before it.') })),
  ...conversion('tobool', 'bool', 'toboolean'),
  ...conversion('todatetime', 'datetime'),
  ...conversion('totimespan', 'timespan', 'totime'),
  ...conversion('toguid', 'guid'),
  ...aliases(row('parse_json', 'R-48', parseJson, { returns: gives('dynamic') }), 'parsejson', 'todynamic', 'toobject'),
  row('gettype', 'R-42', gettype),
  row('isnull', 'R-40', isnull),
  ...aliases(row('isnotnull', 'R-40', isnotnull), 'notnull'),
  row('tohex', 'R-42', tohex),
];
