import type { SyntaxNode } from '../bind/syntax-node';
import { textOf } from '../functions/coerce';
import { allTermsSql, anyTermSql, listedTermsSql, termSql } from '../functions/terms';
import { membership, opened } from './binary/membership';
import { comparison, type Mode } from './binary/comparison';
import { converted, isWhole } from './conversion';
import { outsideRow } from './environment';
import type { Expression } from './expression';
import { constantOf } from './literal';
import type { Relation } from './relation';
import type { Scope } from './translation';

const wholeTerm = { caseSensitive: false, start: true, end: true };

/** How many values a tabular right side of has_any may have; the service has a similar bound. */
const maxTerms = 10_000;

interface Members {
  readonly values: readonly Expression[];
  readonly table: Relation | undefined;
}

/** The table of toscalar(), in and has_any: it knows the values of let, but not those of the row around it. */
export function tableWithin(node: SyntaxNode, { translation, environment }: Scope): Relation {
  const refuse = (name: string): never =>
    translation.refuse(
      'semantic-type',
      { what: `'${name}' is a value of the row, and the table inside knows no row: join with the table instead.` },
      { node, environment },
    );
  return translation.tabular(node, outsideRow(environment, refuse));
}

function members(node: SyntaxNode, scope: Scope): Members {
  const parts = node.need('Right').list('Expressions');
  const [only] = parts;
  if (only?.type?.kind === 'table' && parts.length === 1) return { values: [], table: tableWithin(only, scope) };
  return { values: parts.map((part) => scope.translation.scalar(part, scope)), table: undefined };
}

function inTable(left: Expression, table: Relation, options: { caseSensitive: boolean; negated: boolean }): Expression {
  const column = table.columns[0];
  if (!column) return constantOf(options.negated, 'bool');
  const type = left.type === 'dynamic' ? column.type : left.type;
  const wanted = isWhole(type) && column.type === 'real' ? 'real' : type;
  const needle = converted(left, wanted).sql;
  const element = converted({ sql: column.sql, type: column.type }, wanted).sql;
  const folded = options.caseSensitive || type !== 'string';
  const list = folded ? `SELECT ${element} FROM ${table.from}` : `SELECT lower(${element}) FROM ${table.from}`;
  const filled = type === 'string' ? list : `${list} WHERE ${element} IS NOT NULL`;
  const test = `(${folded ? needle : `lower(${needle})`} IN (${filled}))`;
  const sure = type === 'string' ? test : `coalesce(${test}, false)`;
  return { sql: options.negated ? `(NOT ${sure})` : sure, type: 'bool' };
}

/** x in (...), and its relatives with ! and ~ (R-21) */
export function inList(node: SyntaxNode, scope: Scope): Expression {
  const left = scope.translation.scalar(node.need('Left'), scope);
  const word = node.need('Operator').text;
  const options = { caseSensitive: !word.endsWith('~'), negated: word.startsWith('!') };
  const { values, table } = members(node, scope);
  return table ? inTable(left, table, options) : membership({ left, elements: opened(values), ...options });
}

/** The needles of a tabular right side are asked for first: a constant alternation is a hundred times faster (R-22). */
function askedTerms(table: Relation, node: SyntaxNode, scope: Scope): string[] {
  const column = table.columns[0];
  if (!column) return [];
  const text = textOf({ sql: column.sql, type: column.type });
  const terms = scope.translation.ask(`SELECT DISTINCT ${text} AS v FROM ${table.from} ORDER BY 1 LIMIT ${maxTerms + 1}`);
  if (terms.length <= maxTerms) return [...terms];
  const what = `${node.need('Operator').text} with more than ${maxTerms} values is not supported by this engine.`;
  return scope.translation.refuse('construct-unsupported', { what }, { node, environment: scope.environment });
}

const isText = (value: Expression): boolean => typeof value.constant?.value === 'string' && value.type !== 'dynamic';

/** x has_any (...), x has_all (...) (R-22) */
export function anyOrAll(node: SyntaxNode, scope: Scope): Expression {
  const left = scope.translation.scalar(node.need('Left'), scope);
  const every = node.kind === 'HasAllExpression';
  const { values, table } = members(node, scope);
  const elements = table ? askedTerms(table, node, scope).map((term) => constantOf(term, 'string')) : opened(values);
  if (elements.length === 0) return constantOf(every, 'bool');
  const known = elements.filter((element) => element.constant && element.constant.value !== null);
  if (known.length === elements.filter((element) => element.constant?.value !== null).length) {
    const terms = known.map((element) => String(element.constant?.value));
    return { sql: every ? allTermsSql(left, terms, wholeTerm) : anyTermSql(left, terms, wholeTerm), type: 'bool' };
  }
  const tests = elements.map((element) =>
    element.type === 'dynamic' && !isText(element)
      ? listedTermsSql(left, element, every)
      : termSql(left, { ...element, sql: textOf(element), type: 'string' }, wholeTerm),
  );
  return { sql: `(${tests.join(every ? ' AND ' : ' OR ')})`, type: 'bool' };
}

/** x between (a .. b): both ends included; a timespan as upper end counts from the lower one. */
export function between(node: SyntaxNode, scope: Scope, mode: Mode): Expression {
  const value = scope.translation.scalar(node.need('Left'), scope);
  const couple = node.need('Right');
  const low = scope.translation.scalar(couple.need('First'), scope);
  const given = scope.translation.scalar(couple.need('Second'), scope);
  const high: Expression =
    value.type === 'datetime' && given.type === 'timespan' ? { sql: `(${low.sql} + ${given.sql})`, type: 'datetime' } : given;
  const inside = `(${comparison('>=', [value, low], mode).sql} AND ${comparison('<=', [value, high], mode).sql})`;
  return { sql: node.kind === 'NotBetweenExpression' ? `(NOT ${inside})` : inside, type: 'bool' };
}
