import type { SyntaxNode } from '../bind/syntax-node';
import { dynamicOf } from '../functions/coerce';
import type { Expression } from './expression';
import { constantOf, sqlString } from './literal';
import { columnExpression, columnOf } from './names';
import { binAuto } from './query-options';
import type { RelationColumn } from './relation';
import type { Scope } from './translation';

const argumentsOf = (node: SyntaxNode): readonly SyntaxNode[] => node.need('ArgumentList').list('Expressions');

/** column_ifexists("name", else) */
function columnIfExists(node: SyntaxNode, scope: Scope): Expression {
  const [name, otherwise] = argumentsOf(node);
  const wanted = name ? scope.translation.scalar(name, scope).constant?.value : undefined;
  if (typeof wanted !== 'string' || !otherwise)
    return scope.translation.refuse('not-constant', { what: 'The column name' }, { node, environment: scope.environment });
  const column = columnOf(scope.row, wanted);
  return column ? columnExpression(column) : scope.translation.scalar(otherwise, scope);
}

function bagOf(columns: readonly { name: string; value: Expression }[], skipEmpty: boolean): Expression {
  const pairs = columns.map(({ name, value }) => ({ name, sql: dynamicOf(value), value }));
  if (!skipEmpty) return { sql: `json_object(${pairs.map((pair) => `${sqlString(pair.name)}, ${pair.sql}`).join(', ')})`, type: 'dynamic' };
  const kept = pairs.map((pair) => {
    const empty = pair.value.type === 'string' ? `${pair.value.sql} = ''` : `${pair.value.sql} IS NULL`;
    return `CASE WHEN ${empty} THEN NULL ELSE to_json(${sqlString(pair.name)})::VARCHAR || ':' || CAST(${pair.sql} AS VARCHAR) END`;
  });
  return { sql: `CAST('{' || concat_ws(',', ${kept.join(', ')}) || '}' AS JSON)`, type: 'dynamic' };
}

const named = (column: RelationColumn): { name: string; value: Expression } => ({ name: column.name, value: columnExpression(column) });

/** pack_all([ignoreNullOrEmpty]) */
function packAll(node: SyntaxNode, scope: Scope): Expression {
  const [flag] = argumentsOf(node);
  const skipEmpty = flag ? scope.translation.scalar(flag, scope).constant?.value === true : false;
  return bagOf((scope.row?.columns ?? []).map(named), skipEmpty);
}

/** bag_pack_columns(a, b) */
function packColumns(node: SyntaxNode, scope: Scope): Expression {
  const columns = argumentsOf(node).flatMap((argument) =>
    argument.kind === 'StarExpression'
      ? (scope.row?.columns ?? []).map(named)
      : [{ name: argument.name, value: scope.translation.scalar(argument, scope) }],
  );
  return bagOf(columns, false);
}

/** The time a row arrived is not kept: the event's own time stands for it (a stated limit). */
function ingestionTime(_node: SyntaxNode, scope: Scope): Expression {
  const column = scope.row?.columns.find(
    (candidate) => (candidate.name === 'Timestamp' || candidate.name === 'TimeGenerated') && candidate.type === 'datetime',
  );
  return column ? columnExpression(column) : constantOf(null, 'datetime');
}

/** column_names_of(T) */
function columnNamesOf(node: SyntaxNode, scope: Scope): Expression {
  const [table] = argumentsOf(node);
  if (table?.type?.kind !== 'table')
    return scope.translation.refuse(
      'semantic-type',
      { what: 'column_names_of() takes a table.' },
      { node, environment: scope.environment },
    );
  return constantOf(JSON.stringify(table.type.columns.map((column) => column.name)), 'dynamic');
}

/** Calls whose meaning depends on the columns in sight. */
export const rowCalls: Readonly<Record<string, (node: SyntaxNode, scope: Scope) => Expression>> = {
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
  pack_all: packAll,
  bag_pack_columns: packColumns,
  ingestion_time: ingestionTime,
  column_names_of: columnNamesOf,
  bin_auto: binAuto,
};
