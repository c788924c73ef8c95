import type { SyntaxNode } from '../bind/syntax-node';
import { scalarTypeNamed } from '../bind/type-names';
import { textOf } from '../functions/coerce';
import type { KqlType } from '../schema';
import { converted } from '../translate/conversion';
import { sqlConstant, sqlString } from '../translate/literal';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { exact, optionsOf, type OperatorContext, type OperatorRow } from './operator-row';

type ParseKind = 'simple' | 'regex' | 'relaxed';

type Part =
  | { readonly what: 'any' }
  | { readonly what: 'text'; readonly text: string }
  | { readonly what: 'capture'; readonly name: string; readonly type: KqlType };

function partOf(node: SyntaxNode): Part {
  if (node.kind === 'StarExpression') return { what: 'any' };
  if (node.kind.endsWith('StringLiteralExpression')) return { what: 'text', text: node.raw };
  const type = node.kind === 'NameAndTypeDeclaration' ? scalarTypeNamed(node.need('Type').text) : 'string';
  return { what: 'capture', name: node.name, type };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\n', '\\n');

/** Groups of the user's own pattern must not shift ours. */
const withoutGroups = (pattern: string): string =>
  pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\((?!\?)/gs, (found) => (found === '(' ? '(?:' : found));

const numbers: Partial<Record<KqlType, string>> = {
  int: '[-+]?\\d+',
  long: '[-+]?\\d+',
  real: '[-+]?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?',
  decimal: '[-+]?\\d*\\.?\\d+',
};

/** A captured value: a number before `*` takes its digits, as nothing else would stop it; the last one takes the rest (R-33). */
function capture(part: Extract<Part, { what: 'capture' }>, next: Part | undefined, kind: ParseKind): string {
  const number = numbers[part.type];
  if (kind === 'regex') return number ? `\\s*(${number})` : '(.*)';
  if (number && next?.what === 'any') return kind === 'relaxed' ? `((?:${number})?)` : `(${number})`;
  return next === undefined ? '(.*)' : '(.*?)';
}

function patternOf(parts: readonly Part[], kind: ParseKind, flags: string): string {
  const body = parts.map((part, index) => {
    if (part.what === 'any') return kind === 'regex' || index < parts.length - 1 ? '.*?' : '.*';
    if (part.what === 'text') return kind === 'regex' ? withoutGroups(part.text) : escaped(part.text);
    return capture(part, parts[index + 1], kind);
  });
  const open = parts[0]?.what === 'any' || kind === 'regex' ? '' : '^';
  const close = kind === 'regex' ? '' : '$';
  const modes = kind === 'regex' ? flags : 's';
  return `${modes ? `(?${modes})` : ''}${open}${body.join('')}${close}`;
}

interface Parsed {
  readonly rows: Relation;
  readonly columns: readonly NewColumn[];
  readonly success: string;
}

function parsed(node: SyntaxNode, context: OperatorContext): Parsed {
  const { translation, input, scope } = context;
  const options = optionsOf(node);
  const kind = (options.get('kind')?.text.toLowerCase() ?? 'simple') as ParseKind;
  const parts = node.list('Patterns').map(partOf);
  const captures = parts.filter((part) => part.what === 'capture');
  const pattern = sqlString(patternOf(parts, kind, (options.get('flags')?.text ?? '').replace(/[^imsU]/g, '')));
  const text = textOf(translation.scalar(node.need('Expression'), scope));
  const found = translation.fresh('p');
  const whole = translation.fresh('m');
  const names = captures.map((_, index) => sqlString(`c${index}`));
  const extract = captures.length > 0 ? `, regexp_extract(${text}, ${pattern}, [${names.join(', ')}]) AS ${found}` : '';
  const rows = translation.step(`SELECT *, regexp_matches(${text}, ${pattern}) AS ${whole}${extract} FROM ${input.from}`, input.columns, {
    partition: input.partition,
  });
  const values = captures.map((part, index) => ({ part, value: converted({ sql: `${found}.c${index}`, type: 'string' }, part.type) }));
  const typed = values.filter(({ part }) => part.type !== 'string').map(({ value }) => `${value.sql} IS NOT NULL`);
  const success = [whole, ...(kind === 'relaxed' ? [] : typed)].join(' AND ');
  const guarded = kind === 'simple' && typed.length > 0;
  const columns: NewColumn[] = input.columns.map((column) => ({ name: column.name, type: column.type, expression: column.sql }));
  for (const { part, value } of values) {
    const nothing = sqlConstant(null, part.type);
    const expression = guarded
      ? `CASE WHEN ${success} THEN ${value.sql} ELSE ${nothing} END`
      : part.type === 'string'
        ? `coalesce(${value.sql}, '')`
        : value.sql;
    const at = columns.findIndex((column) => column.name === part.name);
    const column: NewColumn = { name: part.name, type: part.type, expression };
    if (at >= 0) columns[at] = column;
    else columns.push(column);
  }
  return { rows, columns, success };
}

/** T | parse [kind=] e with "text" name:type * ... (R-33) */
export const parse: OperatorRow = {
  name: 'parse',
  rule: 'R-33',
  support: exact,
  emit: (node, context) => {
    const { rows, columns } = parsed(node, context);
    return context.translation.select(columns, rows, { ordered: context.input.ordered });
  },
};

/** T | parse-where: only the rows that parse. */
export const parseWhere: OperatorRow = {
  name: 'parse-where',
  rule: 'R-33',
  support: exact,
  emit: (node, context) => {
    const { rows, columns, success } = parsed(node, context);
    return context.translation.select(columns, rows, { tail: `WHERE ${success}`, ordered: context.input.ordered });
  },
};
