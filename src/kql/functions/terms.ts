import type { Expression } from '../translate/expression';
import { lowered, sqlString } from '../translate/literal';
import { textOf } from './coerce';

/** The string operators over terms (R-45). A term is a run of Unicode letters and digits. */
export interface TermOperator {
  readonly caseSensitive: boolean;
  /** Whether the needle must begin, and end, at the border of a term. */
  readonly start: boolean;
  readonly end: boolean;
}

const alphanumeric = /[\p{L}\p{N}]/u;
const border = String.raw`[^\p{L}\p{N}]`;

/** A text as a regular expression of RE2 that matches just this text. */
export function quotedRegex(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}-]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
}

/** What stands around a needle: only an end that is a letter or a digit has a border. */
function borders(needle: string, operator: TermOperator): { readonly left: string; readonly right: string } {
  const left = operator.start && alphanumeric.test([...needle][0] ?? '') ? `(?:^|${border})` : '';
  const right = operator.end && alphanumeric.test([...needle].at(-1) ?? '') ? `(?:$|${border})` : '';
  return { left, right };
}

function termPattern(needle: string, operator: TermOperator): string {
  const { left, right } = borders(needle, operator);
  return `${left}${quotedRegex(needle)}${right}`;
}

/**
 * One alternation of all needles. Those with the same borders share them: with a border in every branch a dozen needles
 * outgrow RE2's automaton, and matching becomes several hundred times slower.
 */
function anyTermPattern(needles: readonly string[], operator: TermOperator): string {
  const groups = new Map<string, { left: string; right: string; texts: string[] }>();
  for (const needle of needles) {
    const { left, right } = borders(needle, operator);
    const group = groups.get(`${left} ${right}`) ?? { left, right, texts: [] };
    group.texts.push(quotedRegex(needle));
    groups.set(`${left} ${right}`, group);
  }
  return [...groups.values()].map(({ left, right, texts }) => `${left}(?:${texts.join('|')})${right}`).join('|');
}

const flags = (operator: TermOperator): string => (operator.caseSensitive ? '(?s)' : '(?is)');

function constantTerm(haystack: string, needle: string, operator: TermOperator): string {
  if (needle === '') return 'true';
  const quick = operator.caseSensitive
    ? `contains(${haystack}, ${sqlString(needle)})`
    : `contains(lower(${haystack}), ${sqlString(lowered(needle))})`;
  const pattern = termPattern(needle, operator);
  if (pattern === quotedRegex(needle)) return quick;
  return `(${quick} AND regexp_matches(${haystack}, ${sqlString(flags(operator) + pattern)}))`;
}

/** SQL of `haystack has needle` and its relatives; a needle that varies by row is never made a regular expression. */
export function termSql(haystack: Expression, needle: Expression, operator: TermOperator): string {
  const text = textOf(haystack);
  const value = needle.constant?.value;
  if (typeof value === 'string') return constantTerm(text, value, operator);
  const sought = textOf(needle);
  const mode = `${operator.start ? 's' : ''}${operator.end ? 'e' : ''}${operator.caseSensitive ? 'c' : ''}`;
  const quick = operator.caseSensitive ? `contains(${text}, ${sought})` : `contains(lower(${text}), lower(${sought}))`;
  return `(CASE WHEN ${quick} THEN kql_js_has(${text}, ${sought}, '${mode}') ELSE false END)`;
}

/** SQL of `haystack has_any (needles)` for needles known while translating: one alternation. */
export function anyTermSql(haystack: Expression, needles: readonly string[], operator: TermOperator): string {
  if (needles.includes('')) return 'true';
  if (needles.length === 0) return 'false';
  const [only] = needles;
  if (needles.length === 1 && only !== undefined) return constantTerm(textOf(haystack), only, operator);
  return `regexp_matches(${textOf(haystack)}, ${sqlString(`${flags(operator)}(?:${anyTermPattern(needles, operator)})`)})`;
}

/** SQL of `haystack has_all (needles)` for needles known while translating. */
export function allTermsSql(haystack: Expression, needles: readonly string[], operator: TermOperator): string {
  const text = textOf(haystack);
  return needles.length === 0 ? 'true' : `(${needles.map((needle) => constantTerm(text, needle, operator)).join(' AND ')})`;
}

/** SQL of has_any and has_all where the needles are a dynamic array that is only known row by row. */
export function listedTermsSql(haystack: Expression, needles: Expression, every: boolean): string {
  return `kql_js_has_listed(${textOf(haystack)}, CAST(${needles.sql} AS VARCHAR), ${every})`;
}
