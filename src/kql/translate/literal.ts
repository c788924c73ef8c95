import type { KqlType } from '../schema';
import { physicalTypes } from '../schema';
import type { ConstantValue, Expression } from './expression';

/** A SQL string literal. NUL cannot stand in SQL text and is written as chr(0). The only place where text becomes SQL. */
export function sqlString(text: string): string {
  const quoted = (part: string): string => `'${part.replaceAll("'", "''")}'`;
  return text.includes('\0') ? `(${text.split('\0').map(quoted).join(' || chr(0) || ')})` : quoted(text);
}

/** A SQL identifier, quoted always. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`;
}

function sqlReal(value: number): string {
  if (Number.isNaN(value)) return `'NaN'::DOUBLE`;
  if (!Number.isFinite(value)) return `'${value < 0 ? '-' : ''}Infinity'::DOUBLE`;
  // A decimal literal has no negative zero.
  return Object.is(value, -0) ? `'-0'::DOUBLE` : `(${String(value)})::DOUBLE`;
}

function sqlInteger(value: bigint): string {
  if (value === -9223372036854775808n) return `'-9223372036854775808'::BIGINT`;
  return value < 0n ? `(${value})::BIGINT` : `${value}::BIGINT`;
}

/** The SQL of a constant of a KQL type; the type is always stated, so that no operator of DuckDB guesses one. */
export function sqlConstant(value: ConstantValue, type: KqlType): string {
  if (value === null) return type === 'string' ? `''` : `NULL::${physicalTypes[type]}`;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return type === 'real' ? sqlReal(Number(value)) : sqlInteger(value);
  if (typeof value === 'number') return sqlReal(value);
  return type === 'dynamic' || type === 'decimal' ? `${sqlString(value)}::${physicalTypes[type]}` : sqlString(value);
}

/** A constant as an expression. */
export function constantOf(value: ConstantValue, type: KqlType): Expression {
  const settled = value === null && type === 'string' ? '' : value;
  return { sql: sqlConstant(settled, type), type, constant: { value: settled } };
}

/** A constant in lower case as lower() of SQL gives it: each letter by itself, so that a sigma at the end of a word stays one. */
export const lowered = (text: string): string => Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? '').join('');
