import type { KqlType } from '../schema';
import { physicalTypes } from '../schema';
import type { ConstantValue, Expression } from '../translate/expression';
import { constantOf, sqlString } from '../translate/literal';

const jsonText = ({ sql, path, text }: Expression): string =>
  text ?? `coalesce(json_extract_string(${path?.base ?? sql}, ${sqlString(path?.steps ?? '$')}), '')`;
const wholeText = ({ sql }: Expression): string => `coalesce(CAST(${sql} AS VARCHAR), '')`;

const texts: Readonly<Record<KqlType, (expression: Expression) => string>> = {
  string: ({ sql }) => sql,
  bool: ({ sql }) => `(kql_text_of_bool(${sql}))`,
  real: ({ sql }) => `(kql_text_of_real(${sql}))`,
  decimal: ({ sql }) => `(kql_text_of_decimal(${sql}))`,
  datetime: ({ sql }) => `coalesce(kql_datetime_text(${sql}), '')`,
  timespan: ({ sql }) => `coalesce(kql_timespan_text(${sql}), '')`,
  guid: ({ sql }) => `coalesce(${sql}, '')`,
  dynamic: jsonText,
  int: wholeText,
  long: wholeText,
};

/** SQL of an expression as tostring() gives it; a string is itself, null is the empty string. */
export function textOf(expression: Expression): string {
  const known = expression.constant && constantText(expression.constant.value, expression.type);
  return known === undefined ? texts[expression.type](expression) : sqlString(known);
}

function constantText(value: ConstantValue, type: KqlType): string | undefined {
  if (value === null) return '';
  if (type === 'string' || type === 'guid') return String(value);
  if (type === 'int' || type === 'long') return String(value);
  if (type === 'bool') return value ? 'True' : 'False';
  return undefined;
}

/** What a path is read from when it is a column: cheap enough to be read again where the first way of reading does not do. */
const nearBase = /^(?:"(?:[^"]|"")*"|\(CASE WHEN json_valid\("(?:[^"]|"")*"\) THEN "(?:[^"]|"")*" END\))$/;

/** The text and the JSON below a column: a plain number is read from its text, and only what is none by the rules for JSON. */
export function memberOf({ path, sql }: Expression): string | undefined {
  return path && nearBase.test(path.base) ? `json_extract_string(${path.base}, ${sqlString(path.steps)}), ${sql}` : undefined;
}

/** The macro family that reads a type's values: kql_long_of_text, kql_long_of_real, kql_long_of_json. */
const sources: Partial<Record<KqlType, string>> = { string: 'text', real: 'real', dynamic: 'json', guid: 'text' };

function whole(expression: Expression, to: 'int' | 'long'): string {
  const { sql, type } = expression;
  const member = memberOf(expression);
  if (member !== undefined) return `(kql_${to}_of_member(${member}))`;
  const source = sources[type];
  if (source !== undefined) return `(kql_${to}_of_${source}(${sql}))`;
  if (type === 'bool') return `CAST(${sql} AS BIGINT)`;
  if (type === 'decimal') return to === 'int' ? `CAST(TRY_CAST(trunc(${sql}) AS INTEGER) AS BIGINT)` : `TRY_CAST(trunc(${sql}) AS BIGINT)`;
  return to === 'int' && type !== 'int' ? `(kql_wrap_int(${sql}))` : sql;
}

function real(expression: Expression): string {
  const { sql, type } = expression;
  if (type === 'string') return `(kql_real_of_text(${sql}))`;
  const member = memberOf(expression);
  if (member !== undefined) return `(kql_real_of_member(${member}))`;
  if (type === 'dynamic') return `(kql_real_of_json(${sql}))`;
  return type === 'real' ? sql : `CAST(${sql} AS DOUBLE)`;
}

function decimal(expression: Expression): string {
  const { sql, type } = expression;
  if (type === 'string') return `(kql_decimal_of_text(${sql}))`;
  if (type === 'dynamic') return `(kql_decimal_of_json(${sql}))`;
  return type === 'decimal' ? sql : `TRY_CAST(${sql} AS ${physicalTypes.decimal})`;
}

function bool(expression: Expression): string {
  const { sql, type } = expression;
  if (type === 'string') return `(kql_bool_of_text(${sql}))`;
  if (type === 'dynamic') return `(kql_bool_of_json(${sql}))`;
  return type === 'bool' ? sql : `(${sql} <> 0)`;
}

function ticks(expression: Expression, to: 'datetime' | 'timespan'): string {
  const { sql, type } = expression;
  const read = (text: string): string => (to === 'datetime' ? `(kql_datetime_of_text(${text}))` : `kql_js_totimespan(${text})`);
  if (type === 'string') return read(sql);
  if (type === 'dynamic' || type === 'guid') return read(textOf(expression));
  const number = type === 'real' || type === 'decimal' ? whole(expression, 'long') : sql;
  return to === 'datetime' && type !== 'datetime' ? `(kql_clip(${number}))` : number;
}

const casts: Readonly<Record<KqlType, (expression: Expression) => string>> = {
  string: textOf,
  int: (expression) => whole(expression, 'int'),
  long: (expression) => whole(expression, 'long'),
  real,
  decimal,
  bool,
  datetime: (expression) => ticks(expression, 'datetime'),
  timespan: (expression) => ticks(expression, 'timespan'),
  guid: (expression) => `(kql_guid_of_text(${textOf(expression)}))`,
  dynamic: dynamicOf,
};

/** SQL of an expression as another type, by the rules of the to*() functions: what does not convert is null. */
export function castTo(expression: Expression, type: KqlType): string {
  if (expression.type === type) return expression.sql;
  return expression.constant?.value === null ? constantOf(null, type).sql : casts[type](expression);
}

/** SQL of the dynamic value (JSON) that holds an expression. */
export function dynamicOf(expression: Expression): string {
  const { sql, type } = expression;
  switch (type) {
    case 'dynamic':
      return sql;
    case 'real':
      return `(kql_json_of_real(${sql}))`;
    case 'datetime':
      return `(kql_json_of_datetime(${sql}))`;
    case 'timespan':
      return `(kql_json_of_timespan(${sql}))`;
    case 'decimal':
      return `to_json(nullif(kql_text_of_decimal(${sql}), ''))`;
    default:
      return `to_json(${sql})`;
  }
}

/** The value of a constant argument; `undefined` when the argument is missing or not constant. */
export function constantValue(expression: Expression | undefined): ConstantValue | undefined {
  return expression?.constant?.value;
}

/** An integer constant as a number; `undefined` when it is none. */
export function constantNumber(expression: Expression | undefined): number | undefined {
  const value = constantValue(expression);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** A text constant; `undefined` when it is none. */
export function constantString(expression: Expression | undefined): string | undefined {
  const value = constantValue(expression);
  return typeof value === 'string' && expression?.type === 'string' ? value : undefined;
}
