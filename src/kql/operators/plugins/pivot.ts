import type { SyntaxNode } from '../../bind/syntax-node';
import { textOf } from '../../functions/coerce';
import type { Column } from '../../schema';
import { aggregating } from '../../translate/aggregate-calls';
import type { Expression } from '../../translate/expression';
import { sqlString } from '../../translate/literal';
import { columnOf } from '../../translate/names';
import type { Relation, RelationColumn } from '../../translate/relation';
import type { NewColumn } from '../../translate/translation';
import { exact, type OperatorContext } from '../operator-row';
import type { PluginRow } from '../evaluate';
import { outputSchema } from './output-schema';

interface Pivoting {
  readonly key: Expression;
  readonly groups: readonly RelationColumn[];
  readonly value: Expression;
}

function columnsUnder(node: SyntaxNode): Set<string> {
  const names = new Set<string>(node.kind === 'NameReference' && node.symbol?.kind === 'Column' ? [node.name] : []);
  for (const child of node.children) for (const name of columnsUnder(child)) names.add(name);
  return names;
}

function pivoting(call: SyntaxNode, context: OperatorContext): Pivoting {
  const { translation, environment, input, scope } = context;
  const [key, aggregate, ...rest] = call.need('ArgumentList').list('Expressions');
  if (!key) return translation.refuse('semantic-type', { what: 'pivot needs a column.' }, { node: call, environment });
  const hasAggregate = aggregate?.kind === 'FunctionCallExpression';
  const groupNodes = hasAggregate || !aggregate ? rest : [aggregate, ...rest];
  const used = new Set([...columnsUnder(key), ...(hasAggregate ? columnsUnder(aggregate) : [])]);
  const stated = groupNodes.flatMap((node) => columnOf(input, node.name) ?? []);
  return {
    key: translation.scalar(key, scope),
    groups: stated.length > 0 ? stated : input.columns.filter((column) => !used.has(column.name)),
    value: hasAggregate ? translation.scalar(aggregate, aggregating(scope)) : { sql: 'count(*)', type: 'long' },
  };
}

function discovered({ key, groups, value }: Pivoting, context: OperatorContext): Column[] {
  const names = context.translation.ask(`SELECT DISTINCT ${textOf(key)} AS v FROM ${context.input.from} ORDER BY 1`);
  return [
    ...groups.map(({ name, type }) => ({ name, type })),
    ...names.filter((name) => name !== '').map((name) => ({ name, type: value.type })),
  ];
}

function emit(call: SyntaxNode, node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, input } = context;
  const pivoted = pivoting(call, context);
  const schema = outputSchema(node, context, () => discovered(pivoted, context));
  const groupNames = new Map(pivoted.groups.map((column) => [column.name, column]));
  const columns = schema.map(({ name, type }): NewColumn => {
    const group = groupNames.get(name);
    if (group) return { name, type: group.type, expression: group.sql };
    const stated = type === 'dynamic' && pivoted.value.type !== 'dynamic';
    return { name, type, expression: stated ? 'CAST(NULL AS JSON)' : filtered(pivoted, name) };
  });
  const keys = columns.flatMap((column, index) => (groupNames.has(column.name) ? [String(index + 1)] : []));
  return translation.select(columns, input, keys.length > 0 ? { tail: `GROUP BY ${keys.join(', ')}` } : {});
}

/** The aggregate over the rows of one value: every aggregate in its SQL gets the filter. */
function filtered({ key, value }: Pivoting, name: string): string {
  const test = `${textOf(key)} = ${sqlString(name)}`;
  return withFilter(value.sql, test);
}

const aggregateNames =
  /\b(?:count|sum|avg|min|max|list|first|last|arg_max|arg_min|arg_max_null|arg_min_null|any_value|stddev_samp|stddev_pop|var_samp|var_pop|quantile_cont|quantile_disc|bit_or|bit_and|bit_xor|string_agg|fsum|product|mode|median)\(/g;

/** Adds FILTER after the closing bracket of each aggregate call. */
function withFilter(sql: string, test: string): string {
  let result = '';
  let at = 0;
  for (const { 0: found, index } of sql.matchAll(aggregateNames)) {
    if (index < at) continue;
    const end = closing(sql, index + found.length - 1);
    result += `${sql.slice(at, end + 1)} FILTER (WHERE ${test})`;
    at = end + 1;
  }
  return result + sql.slice(at);
}

function closing(sql: string, open: number): number {
  let depth = 0;
  for (let at = open; at < sql.length; at += 1) {
    if (sql[at] === "'") at = sql.indexOf("'", at + 1);
    else if (sql[at] === '(') depth += 1;
    else if (sql[at] === ')' && (depth -= 1) === 0) return at;
  }
  return sql.length - 1;
}

/** evaluate pivot(column [, aggregate, groups ...]): one column a value, in alphabetical order. */
export const pivot: PluginRow = { name: 'pivot', rule: 'R-38', support: exact, emit };
