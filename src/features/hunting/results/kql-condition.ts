import type { Column, KqlType } from '../../../kql/schema';
import { reservedNames } from '../../../kql/reserved-names.data';
import { invisible, unquoted } from '../kept/cell-view';

const escapedUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const escaped = (character: string): string => character.split('').map(escapedUnit).join('');

/** A KQL string literal: what a quote, a backslash, a line break or an invisible character would do is escaped (limits: none, any text). */
export const kqlString = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\t\n\r]/g, escaped)
    .replace(invisible, escaped)}"`;

/** Whether KQL reads a name as one without brackets: an identifier, and no word of its own. */
export const isPlainName = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !reservedNames.has(name);

/** A column's name as KQL reads it: plain where it can be, bracketed otherwise. */
export const kqlName = (name: string): string => (isPlainName(name) ? name : `[${kqlString(name)}]`);

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
  // A render may run over several lines: it begins at the last line with a pipe.
  const first = lines.findLastIndex((line, index) => index <= last && /^\s*\||\|\s*render\b/.test(line));
  const [, before = '', render] = /^(.*?)\s*(\|\s*render\b(?:[^|"']|"[^"]*"|'[^']*')*)$/.exec(lines[first] ?? '') ?? [];
  if (render === undefined) return [...lines, step].join('\n');
  return [...lines.slice(0, first), ...(before === '' ? [] : [before]), step, render, ...lines.slice(first + 1)].join('\n');
};
