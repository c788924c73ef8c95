import type { KqlType } from '../../schema';
import { textOf } from '../../functions/coerce';
import { unicodePattern } from '../../functions/regex-pattern';
import { termSql } from '../../functions/terms';
import type { Expression } from '../expression';
import { lowered, sqlString } from '../literal';
import { negatedTextOperators, textOperators, type TextOperator } from './text-operators.data';

const known = (expression: Expression): string | undefined =>
  typeof expression.constant?.value === 'string' ? expression.constant.value : undefined;

const folded = (expression: Expression): string => {
  const value = known(expression);
  return value === undefined ? `lower(${textOf(expression)})` : sqlString(lowered(value));
};

const asIs = (expression: Expression): string => {
  const value = known(expression);
  return value === undefined ? textOf(expression) : sqlString(value);
};

const pattern = (expression: Expression): string => {
  const value = known(expression);
  return value === undefined ? `kql_js_unicode_pattern(${textOf(expression)})` : sqlString(unicodePattern(value));
};

const functions = { contains: 'contains', startswith: 'starts_with', endswith: 'ends_with' } as const;

/** A prefix without wildcard characters is fastest as ILIKE. */
function prefix(text: Expression, needle: Expression): string | undefined {
  const value = known(needle);
  return value !== undefined && value !== '' && !/[%_\\]/.test(value) ? `(${textOf(text)} ILIKE ${sqlString(`${value}%`)})` : undefined;
}

function matched(operator: TextOperator, text: Expression, needle: Expression): string {
  if (operator.look === 'equal') return `(${folded(text)} = ${folded(needle)})`;
  if (operator.look === 'regex') return `regexp_matches(${textOf(text)}, ${pattern(needle)})`;
  if (operator.look === 'term') return termSql(text, { ...needle, sql: asIs(needle), type: 'string' as KqlType }, operator.term);
  if (operator.look === 'startswith' && !operator.caseSensitive) {
    const like = prefix(text, needle);
    if (like) return like;
  }
  const side = operator.caseSensitive ? asIs : folded;
  return `${functions[operator.look]}(${side(text)}, ${side(needle)})`;
}

/** The string operators that compare one text with one other (R-16 to R-20); undefined for another kind of node. */
export function textMatch(kind: string, text: Expression, needle: Expression): Expression | undefined {
  const affirmative = negatedTextOperators[kind];
  const operator = textOperators[affirmative ?? kind];
  if (!operator) return undefined;
  const sql = matched(operator, text, needle);
  return { sql: affirmative ? `(NOT ${sql})` : sql, type: 'bool' };
}
