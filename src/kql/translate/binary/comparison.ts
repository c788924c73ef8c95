import type { KqlType } from '../../schema';
import type { Expression } from '../expression';
import { converted, isNumeric, isWhole } from '../conversion';
import { constantOf } from '../literal';

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** `truth`: only whether the result is true matters (a condition of where), so that null and false need not be told apart. */
export type Mode = 'value' | 'truth';

/** Among numbers the wider type. */
const widest: readonly KqlType[] = ['decimal', 'real', 'long'];

/** A number beside a bool or a text makes a number of it; a text becomes what stands beside it. */
function mixedType(left: KqlType, right: KqlType): KqlType {
  const pair = [left, right] as const;
  const number = pair.find(isNumeric);
  if (number && (pair.includes('bool') || pair.includes('string'))) return number;
  return pair.find((type) => type !== 'string') && pair.includes('string') ? (pair.find((type) => type !== 'string') as KqlType) : 'string';
}

function commonType(left: KqlType, right: KqlType): KqlType {
  const [a, b] = [left, right].map((type): KqlType => (isWhole(type) ? 'long' : type)) as [KqlType, KqlType];
  if (a === b) return a;
  if (a === 'dynamic' || b === 'dynamic') return a === 'dynamic' ? b : a;
  return isNumeric(a) && isNumeric(b) ? (widest.find((type) => a === type || b === type) ?? 'long') : mixedType(a, b);
}

/** A dynamic number compared with a whole number: 1.5 must not become 1. */
function dynamicAware(type: KqlType, left: Expression, right: Expression): KqlType {
  return type === 'long' && (left.type === 'dynamic' || right.type === 'dynamic') ? 'real' : type;
}

/** Both operands in the type in which KQL compares them. */
export function aligned(operands: readonly [Expression, Expression]): [Expression, Expression] {
  const [left, right] = operands;
  if (left.type === 'dynamic' && right.type === 'dynamic') return [converted(left, 'string'), converted(right, 'string')];
  const type = dynamicAware(commonType(left.type, right.type), left, right);
  return [converted(left, type), converted(right, type)];
}

const neverNull = (expression: Expression): boolean =>
  expression.type === 'string' || (expression.constant !== undefined && expression.constant.value !== null);
const maybeNaN = (expression: Expression): boolean =>
  expression.type === 'real' && !(expression.constant && !Number.isNaN(expression.constant.value));

/** NaN is equal to nothing in Kusto and equal to itself in DuckDB. */
function equalSql(left: Expression, right: Expression): string {
  return maybeNaN(left) && maybeNaN(right) ? `(${left.sql} = ${right.sql} AND NOT isnan(${left.sql}))` : `(${left.sql} = ${right.sql})`;
}

function equality(negated: boolean, [left, right]: readonly [Expression, Expression], mode: Mode): string {
  if (neverNull(left) && neverNull(right)) return negated ? `(${left.sql} <> ${right.sql})` : equalSql(left, right);
  const oneSure = neverNull(left) || neverNull(right);
  if (negated) {
    if (oneSure || mode === 'truth') return `(${left.sql} IS DISTINCT FROM ${right.sql})`;
    return `(CASE WHEN ${left.sql} IS NULL AND ${right.sql} IS NULL THEN NULL ELSE ${left.sql} IS DISTINCT FROM ${right.sql} END)`;
  }
  if (mode === 'truth') return equalSql(left, right);
  if (oneSure) return `coalesce(${equalSql(left, right)}, false)`;
  return `(CASE WHEN ${left.sql} IS NULL AND ${right.sql} IS NULL THEN NULL ELSE coalesce(${equalSql(left, right)}, false) END)`;
}

/** DuckDB sorts NaN above every number; Kusto's comparisons with NaN are false. */
function ordering(operator: '<' | '<=' | '>' | '>=', left: Expression, right: Expression): string {
  const comparison = `${left.sql} ${operator} ${right.sql}`;
  const guards = [
    ...(operator.startsWith('>') || operator === '<=' ? [left] : []),
    ...(operator.startsWith('<') || operator === '>=' ? [right] : []),
  ];
  const checks = guards.filter(maybeNaN).map((side) => ` AND NOT isnan(${side.sql})`);
  return `(${comparison}${checks.join('')})`;
}

const compareConstants: Readonly<Record<ComparisonOperator, (left: never, right: never) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** left operator right for == != < <= > >= with Kusto's rules for null, NaN and dynamic operands. */
export function comparison(operator: ComparisonOperator, operands: readonly [Expression, Expression], mode: Mode = 'value'): Expression {
  const [left, right] = aligned(operands);
  const values = [left.constant?.value, right.constant?.value] as const;
  if (values.every((value) => value !== undefined && value !== null) && left.type !== 'string' && left.type !== 'decimal') {
    return constantOf(compareConstants[operator](values[0] as never, values[1] as never), 'bool');
  }
  if (operator === '==' || operator === '!=') return { sql: equality(operator === '!=', [left, right], mode), type: 'bool' };
  return { sql: ordering(operator, left, right), type: 'bool' };
}
