import type { Column, KqlType } from '../../../kql/schema';
import { unquoted } from '../kept/cell-view';

/** A KQL string literal: what a quote, a backslash or a control character would do is escaped (limits: none, any text). */
export const kqlString = (text: string): string =>
  `"${text.replace(/[\\"]/g, '\\$&').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

/** A column's name as KQL reads it: plain where it is an identifier, bracketed otherwise. */
export const kqlName = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `[${kqlString(name)}]`);

const literals: Partial<Record<KqlType, (text: string) => string>> = {
  bool: (text) => text,
  int: (text) => text,
  long: (text) => (text.startsWith('-') ? `long(${text})` : text),
  real: (text) => (/^-?\d/.test(text) ? `real(${text})` : `real(${text === 'NaN' ? 'nan' : text.startsWith('-') ? '-inf' : '+inf'})`),
  decimal: (text) => `decimal(${text})`,
  datetime: (text) => `datetime(${text})`,
  timespan: (text) => `time(${text})`,
  guid: (text) => `guid(${text})`,
};

/**
 * The condition that keeps (or, negated, drops) rows whose `column` equals the wire-form value `json`. Null asks isnull;
 * a dynamic value is compared by its text, as dynamic values themselves do not compare.
 */
export const kqlCondition = (column: Column, json: string, negated: boolean): string => {
  const name = kqlName(column.name);
  const operator = negated ? '!=' : '==';
  if (json === 'null') return negated ? `isnotnull(${name})` : `isnull(${name})`;
  if (column.type === 'dynamic') return `tostring(${name}) ${operator} ${kqlString(unquoted(json))}`;
  const literal = literals[column.type];
  if (column.type === 'real' && json === '"NaN"') return negated ? `not(isnan(${name}))` : `isnan(${name})`;
  return `${name} ${operator} ${literal ? literal(unquoted(json)) : kqlString(unquoted(json))}`;
};

const isComment = (line: string): boolean => line.trimStart().startsWith('//');

/**
 * `query` with `| where condition` as its last step: before a final `render`, which must stay last, and on a line of its
 * own, so that a trailing comment does not swallow it.
 */
export const withCondition = (query: string, condition: string): string => {
  const lines = query.trimEnd().replace(/;\s*$/, '').split('\n');
  const last = lines.findLastIndex((line) => line.trim() !== '' && !isComment(line));
  const step = `| where ${condition}`;
  const [, before = '', render] = /^(.*?)\s*(\|\s*render\b[^|"']*)$/.exec(lines[last] ?? '') ?? [];
  if (render === undefined) return [...lines, step].join('\n');
  return [...lines.slice(0, last), ...(before === '' ? [] : [before]), step, render, ...lines.slice(last + 1)].join('\n');
};
