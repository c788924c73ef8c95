import type { KqlType } from '../../schema';
import { maxDatetimeTicks } from '../../bind/literals';

import type { ConstantValue, Expression } from '../expression';
import { converted, isNumeric, isWhole } from '../conversion';
import { constantOf } from '../literal';
import { decimalProduct, foldedDecimal } from './decimals';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

function numericResult(left: KqlType, right: KqlType): KqlType {
  if (left === 'decimal' || right === 'decimal') return 'decimal';
  if (left === 'real' || right === 'real') return 'real';
  return 'long';
}

/** What times give together, as "left operator right". */
const timeResults: Readonly<Record<string, KqlType>> = {
  'timespan + timespan': 'timespan',
  'timespan - timespan': 'timespan',
  'timespan % timespan': 'timespan',
  'timespan / timespan': 'real',
  'timespan * number': 'timespan',
  'number * timespan': 'timespan',
  'timespan / number': 'timespan',
  'timespan + datetime': 'datetime',
  'datetime + timespan': 'datetime',
  'datetime - timespan': 'datetime',
  'datetime - datetime': 'timespan',
  'datetime % timespan': 'timespan',
};

/** The type of an arithmetic result; undefined where KQL has no such operation. */
function resultType(operator: ArithmeticOperator, left: KqlType, right: KqlType): KqlType | undefined {
  if (isNumeric(left) && isNumeric(right)) return numericResult(left, right);
  const kind = (type: KqlType): string => (isNumeric(type) ? 'number' : type);
  return timeResults[`${kind(left)} ${operator} ${kind(right)}`];
}

const whole: Readonly<Record<ArithmeticOperator, (left: bigint, right: bigint) => bigint | null>> = {
  '+': (left, right) => BigInt.asIntN(64, left + right),
  '-': (left, right) => BigInt.asIntN(64, left - right),
  '*': (left, right) => BigInt.asIntN(64, left * right),
  '/': (left, right) => (right === 0n ? null : left / right),
  '%': (left, right) => (right === 0n ? null : ((left % right) + (right < 0n ? -right : right)) % right),
};

const floating: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => ((left % right) + Math.abs(right)) % right,
};

const inTime = (value: bigint | null): bigint | null => (value !== null && (value < 0n || value > maxDatetimeTicks) ? null : value);

/** Constants are computed here: a look-back such as ago(7d) - 1h reaches DuckDB as one number, and zone maps work. */
function folded(operator: ArithmeticOperator, values: readonly [ConstantValue, ConstantValue], type: KqlType): Expression | undefined {
  const [left, right] = values;
  if (left === null || right === null) return constantOf(null, type);
  if (typeof left === 'bigint' && typeof right === 'bigint' && type !== 'real') {
    const value = whole[operator](left, right);
    return constantOf(type === 'datetime' ? inTime(value) : value, type);
  }
  if (type === 'decimal') return foldedDecimal(operator, values);
  const numbers = values.map((value) => (typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN));
  if (values.some((value) => typeof value === 'string' || typeof value === 'boolean')) return undefined;
  const value = floating[operator](numbers[0] as number, numbers[1] as number);
  if (type === 'real') return constantOf(value, type);
  return type === 'timespan' && Number.isFinite(value) ? constantOf(BigInt(Math.trunc(value)), type) : undefined;
}

const small = ({ type, constant }: Expression): boolean =>
  type === 'int' || (typeof constant?.value === 'bigint' && constant.value > -(2n ** 31n) && constant.value < 2n ** 31n);

/** A result beyond 64 bits wraps around, as in Kusto; computed in 128 bits where it may happen. */
const wrapped = (sql: string): string =>
  `CAST(((${sql} + 9223372036854775808::HUGEINT) & 18446744073709551615::HUGEINT) - 9223372036854775808::HUGEINT AS BIGINT)`;

function wholeSql(operator: ArithmeticOperator, left: Expression, right: Expression): string {
  if (operator === '/') return `(${left.sql} // ${right.sql})`;
  if (operator === '%') return moduloSql(left, right);
  if (small(left) && small(right)) return `(${asLong(left)} ${operator} ${asLong(right)})`;
  return wrapped(`(CAST(${left.sql} AS HUGEINT) ${operator} ${right.sql})`);
}

const asLong = (expression: Expression): string =>
  expression.type === 'int' && !expression.constant ? `CAST(${expression.sql} AS BIGINT)` : expression.sql;

function moduloSql(left: Expression, right: Expression): string {
  const divisor = right.constant?.value;
  if (typeof divisor === 'bigint' && divisor !== 0n)
    return `(((${left.sql} % ${divisor}) + ${divisor < 0n ? -divisor : divisor}) % ${divisor})`;
  return `(((${left.sql} % ${right.sql}) + abs(${right.sql})) % ${right.sql})`;
}

/** The remainder takes no sign from either side; fmod() of a negative divisor is negative. */
function realModulo(left: Expression, right: Expression): string {
  const known = right.constant?.value;
  const divisor = typeof known === 'number' && known > 0 ? right.sql : `abs(${right.sql})`;
  return `fmod(fmod(${left.sql}, ${divisor}) + ${divisor}, ${divisor})`;
}

function timeSql(operator: ArithmeticOperator, left: Expression, right: Expression): string {
  if (operator === '%') return moduloSql(left, right);
  if (operator === '/') return isWhole(right.type) ? `(${left.sql} // ${right.sql})` : `CAST(trunc(${left.sql} / ${right.sql}) AS BIGINT)`;
  if (operator === '*' && !(isWhole(left.type) || left.type === 'timespan')) return timeSql(operator, right, left);
  if (operator === '*' && !isWhole(right.type) && right.type !== 'timespan') return `CAST(trunc(${left.sql} * ${right.sql}) AS BIGINT)`;
  return `(${left.sql} ${operator} ${right.sql})`;
}

function numericSql(operator: ArithmeticOperator, type: KqlType, operands: readonly [Expression, Expression]): string {
  const [left, right] = operands;
  if (isWhole(type)) return wholeSql(operator, left, right);
  if (type === 'decimal' && operator === '/')
    return `CAST(CAST(${left.sql} AS DOUBLE) / nullif(CAST(${right.sql} AS DOUBLE), 0) AS DECIMAL(38,18))`;
  return operator === '%' ? realModulo(left, right) : `(${left.sql} ${operator} ${right.sql})`;
}

/** Dynamic operands take the type of the other side, or of the result the binder expects. */
function unpacked(expression: Expression, other: Expression, bound: KqlType): Expression {
  if (expression.type === 'bool' && isNumeric(other.type)) return converted(expression, 'long');
  if (expression.type !== 'dynamic') return expression;
  const wanted = other.type === 'dynamic' ? (bound === 'dynamic' ? 'real' : bound) : isWhole(other.type) ? 'long' : other.type;
  return converted(expression, wanted);
}

/** left operator right, for + - * / % (R-12); undefined where KQL has no such operation on these types. */
export function arithmetic(
  operator: ArithmeticOperator,
  operands: readonly [Expression, Expression],
  bound: KqlType,
): Expression | undefined {
  const left = unpacked(operands[0], operands[1], bound);
  const right = unpacked(operands[1], operands[0], bound);
  const type = resultType(operator, left.type, right.type);
  if (!type) return undefined;
  if (left.constant && right.constant) {
    const value = folded(operator, [left.constant.value, right.constant.value], type);
    if (value) return value;
  }
  if (isNumeric(left.type) && isNumeric(right.type)) {
    if (type === 'decimal' && operator === '*') return { sql: decimalProduct(left, right), type };
    const pair = isWhole(type) ? ([left, right] as const) : ([converted(left, type), converted(right, type)] as const);
    return { sql: numericSql(operator, type, pair), type };
  }
  if (type === 'real') return { sql: `(CAST(${left.sql} AS DOUBLE) / CAST(${right.sql} AS DOUBLE))`, type };
  return { sql: timeSql(operator, left, right), type };
}
