import { decimalText } from '../../bind/literals';

import type { ConstantValue, Expression } from '../expression';
import { converted, isWhole } from '../conversion';
import { constantOf } from '../literal';

/** Decimals are kept to 18 places, in 38 digits (R-2). */
const places = 18;
const one = 10n ** BigInt(places);
const limit = 10n ** 38n;

/** A constant in units of the last place; undefined for what is no decimal of these places. */
function units(value: ConstantValue): bigint | undefined {
  if (typeof value === 'bigint') return value * one;
  const text = typeof value === 'string' || typeof value === 'number' ? decimalText(String(value)) : null;
  const [whole, fraction = ''] = text?.replace('-', '').split('.') ?? [];
  if (text === null || whole === undefined || fraction.length > places) return undefined;
  const amount = BigInt(whole + fraction.padEnd(places, '0'));
  return text.startsWith('-') ? -amount : amount;
}

function computed(operator: string, left: bigint, right: bigint): bigint | null {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return (left * right) / one;
  if (right === 0n) return null;
  return operator === '/' ? (left * one) / right : ((left % right) + (right < 0n ? -right : right)) % right;
}

function decimalConstant(amount: bigint): Expression {
  const digits = String(amount < 0n ? -amount : amount).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return constantOf(`${amount < 0n ? '-' : ''}${digits.slice(0, -places)}${fraction && `.${fraction}`}`, 'decimal');
}

/** Decimal constants computed to the last place; undefined where the result has no room, which the engine then reports. */
export function foldedDecimal(operator: string, values: readonly [ConstantValue, ConstantValue]): Expression | undefined {
  const [left, right] = [units(values[0]), units(values[1])];
  if (left === undefined || right === undefined) return undefined;
  const value = computed(operator, left, right);
  if (value === null) return constantOf(null, 'decimal');
  return value > -limit && value < limit ? decimalConstant(value) : undefined;
}

/** A product of decimals: exact with a whole number or where both have nine places at most, otherwise near. */
export function decimalProduct(left: Expression, right: Expression): string {
  if (isWhole(left.type)) return decimalProduct(right, left);
  const base = converted(left, 'decimal').sql;
  if (isWhole(right.type)) return `(${base} * CAST(${right.sql} AS DECIMAL(19,0)))`;
  const factor = converted(right, 'decimal').sql;
  const short = (sql: string): string => `CAST(${sql} AS DECIMAL(29,9))`;
  return (
    `CASE WHEN ${short(base)} = ${base} AND ${short(factor)} = ${factor} THEN ${short(base)} * ${short(factor)} ` +
    `ELSE CAST(CAST(${base} AS DOUBLE) * CAST(${factor} AS DOUBLE) AS DECIMAL(38,18)) END`
  );
}
