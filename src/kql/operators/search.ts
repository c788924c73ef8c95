import type { SyntaxNode } from '../bind/syntax-node';
import { textOf } from '../functions/coerce';
import { termSql } from '../functions/terms';
import type { Expression } from '../translate/expression';
import { constantOf, sqlString } from '../translate/literal';
import { columnOf } from '../translate/names';
import type { Relation } from '../translate/relation';
import type { Scope } from '../translate/translation';
import { exact, optionsOf, type OperatorContext, type OperatorRow } from './operator-row';
import { matchingTables, stacked } from './union';

/** Between the columns of a row when they are searched as one text: no letter, no digit, in no query. */
const between = 'chr(1)';

/** What a search literal means: a term, with stars at its ends a prefix, a suffix, a part, and with stars inside a pattern within a column. */
function literalTest(text: string, pattern: string, caseSensitive: boolean): string {
  const start = !pattern.startsWith('*');
  const end = !pattern.endsWith('*') || pattern === '*';
  const needle = pattern.replace(/^\*|\*$/g, '');
  if (needle === '') return 'true';
  if (!needle.includes('*')) return termSql({ sql: text, type: 'string' }, constantOf(needle, 'string'), { caseSensitive, start, end });
  const body = needle
    .split('*')
    .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
    .join('[^\\x01\\n]*');
  const edge = (closed: boolean): string => (closed ? '\\b' : '');
  return `regexp_matches(${text}, ${sqlString(`${caseSensitive ? '' : '(?i)'}${edge(start)}${body}${edge(end)}`)})`;
}

/** All columns of a row as one text. */
function rowText(row: Relation): string {
  const parts = row.columns.map((column) => textOf({ sql: column.sql, type: column.type }));
  return parts.length === 0 ? `''` : `concat_ws(${between}, ${parts.join(', ')})`;
}

interface Search {
  readonly row: Relation;
  readonly scope: Scope;
  readonly caseSensitive: boolean;
  readonly text: string;
}

/** The columns of this table that a name of the condition needs; a table without them has no match. */
function missesColumn(node: SyntaxNode, row: Relation): boolean {
  if (node.kind === 'NameReference' && node.symbol?.kind === 'Column' && !columnOf(row, node.name)) return true;
  return node.children.some((child) => missesColumn(child, row));
}

const never = 'false';

/** Both tests as one; a test that no row can pass stays recognizable. */
function joined(word: 'AND' | 'OR', left: string, right: string): string {
  if (word === 'AND' && (left === never || right === never)) return never;
  if (word === 'OR' && left === never) return right;
  return word === 'OR' && right === never ? left : `(${left} ${word} ${right})`;
}

function test(node: SyntaxNode, search: Search): string {
  switch (node.kind) {
    case 'ParenthesizedExpression':
      return test(node.need('Expression'), search);
    case 'AndExpression':
      return joined('AND', test(node.need('Left'), search), test(node.need('Right'), search));
    case 'OrExpression':
      return joined('OR', test(node.need('Left'), search), test(node.need('Right'), search));
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return literalTest(search.text, node.raw, search.caseSensitive);
    case 'SearchExpression':
      return columnTest(node, search);
    case 'StarExpression':
      return 'true';
    default:
      return plainTest(node, search);
  }
}

function plainTest(node: SyntaxNode, search: Search): string {
  if (node.kind === 'FunctionCallExpression' && node.name === 'not') {
    const [argument] = node.need('ArgumentList').list('Expressions');
    if (argument) return `(NOT ${test(argument, search)})`;
  }
  if (missesColumn(node, search.row)) return never;
  return `coalesce(${search.scope.translation.scalar(node, search.scope).sql}, false)`;
}

/** column:"term" */
function columnTest(node: SyntaxNode, search: Search): string {
  const left = node.need('Left');
  const pattern = search.scope.translation.scalar(node.need('Right'), search.scope);
  const text = textOf(pattern);
  const value = typeof pattern.constant?.value === 'string' ? pattern.constant.value : text.replace(/^'|'$/g, '');
  if (left.kind === 'StarExpression') return literalTest(search.text, value, search.caseSensitive);
  const column = columnOf(search.row, left.name);
  const operand: Expression | undefined = column && { sql: column.sql, type: column.type };
  return operand ? literalTest(textOf(operand), value, search.caseSensitive) : never;
}

/** The tables that search and find look into, by name or by pattern; all of them when none is named. */
export function searchedTables(node: SyntaxNode, context: OperatorContext): Relation[] {
  const named = node.part('InClause')?.list('Expressions');
  if (!named || named.length === 0) return matchingTables('*', context).map(({ name, relation }) => ({ ...relation(), source: name }));
  return named.flatMap((arm) => {
    if (arm.kind === 'NameReference' && arm.name.includes('*')) return matchingTables(arm.name, context).map(({ relation }) => relation());
    return [context.translation.tabular(arm, context.environment)];
  });
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation } = context;
  const caseSensitive = optionsOf(node).get('kind')?.text.toLowerCase() === 'case_sensitive';
  const piped = context.input.columns.length > 0;
  const arms = piped ? [{ ...context.input, source: context.input.source ?? 'search_arg0' }] : searchedTables(node, context);
  const condition = node.need('Condition');
  const tested = arms.map((row) => ({
    row,
    sql: test(condition, { row, scope: { ...context.scope, row }, caseSensitive, text: rowText(row) }),
  }));
  const found = shownArms(tested, isLast(node, context)).map(({ row, sql }) => ({
    ...translation.step(`SELECT * FROM ${row.from} WHERE ${sql}`, row.columns),
    source: row.source ?? 'search_arg0',
  }));
  return stacked(found, { inner: false, source: '$table' }, context);
}

/** Nothing follows that could name a column of a table without a match. */
const isLast = (node: SyntaxNode, { translation }: OperatorContext): boolean => /^[\s;]*$/.test(translation.text.slice(node.end));

/** At the end of a query, a table without the columns that the condition needs adds neither rows nor columns. */
function shownArms<Arm extends { readonly sql: string }>(arms: readonly Arm[], last: boolean): readonly Arm[] {
  const matching = arms.filter(({ sql }) => sql !== never);
  return last && matching.length > 0 ? matching : arms;
}

/** search [in (T1, T2)] "term" and column:"part*" ... (R-36): the row's columns are searched as one text. */
export const search: OperatorRow = { name: 'search', rule: 'R-36', support: exact, emit };
