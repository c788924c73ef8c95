import type { SyntaxNode } from '../bind/syntax-node';
import { converted } from '../translate/conversion';
import { dynamicOf } from '../functions/coerce';
import { condition } from '../translate/scalar';
import type { Expression } from '../translate/expression';
import { constantOf, sqlConstant, sqlString } from '../translate/literal';
import { columnOf } from '../translate/names';
import { physicalColumns, selected, type Relation } from '../translate/relation';
import { boundColumns, optionsOf, type OperatorContext, type OperatorRow } from './operator-row';
import { searchedTables } from './search';

function* columnsIn(node: SyntaxNode): Generator<SyntaxNode> {
  if (node.kind === 'NameReference' && node.symbol?.kind === 'Column') yield node;
  for (const child of node.children) yield* columnsIn(child);
}

/** A table without any of the columns that the predicate names is left out; a column that it lacks is null. */
function concerned(test: SyntaxNode, row: Relation): boolean {
  const names = [...columnsIn(test)].map((node) => node.name);
  return names.length === 0 || names.some((name) => columnOf(row, name) !== undefined);
}

const absentAsNull =
  (row: Relation) =>
  (node: SyntaxNode): Expression | undefined =>
    node.kind === 'NameReference' && node.symbol?.kind === 'Column' && !columnOf(row, node.name)
      ? constantOf(null, node.type?.kind === 'scalar' ? node.type.type : 'dynamic')
      : undefined;

/** What the result leaves out of a row, as a bag. */
function packed(row: Relation, shown: ReadonlySet<string>): string {
  const rest = row.columns.filter((column) => !shown.has(column.name));
  return `json_object(${rest.map((column) => `${sqlString(column.name)}, ${dynamicOf({ sql: column.sql, type: column.type })}`).join(', ')})`;
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation } = context;
  const bound = boundColumns(node);
  const physical = physicalColumns(bound);
  const sourceName = optionsOf(node).get('withsource')?.name || 'source_';
  const shown = new Set(bound.map((column) => column.name));
  const test = node.need('Condition');
  const arms = context.input.columns.length > 0 ? [context.input] : searchedTables(node, context);
  const selects = arms
    .filter((row) => concerned(test, row))
    .map((row) => {
      const values = bound.map(({ name, type }) => {
        if (name === sourceName) return sqlString(row.source ?? 'find_arg0');
        if (name === 'pack_') return packed(row, shown);
        const column = columnOf(row, name);
        return column ? converted({ sql: column.sql, type: column.type }, type).sql : sqlConstant(null, type);
      });
      const list = values.map((value, index) => selected(value, physical[index]?.sql ?? '')).join(', ');
      return `SELECT ${list} FROM ${row.from} WHERE ${condition(test, { ...context.scope, row, resolve: absentAsNull(row) })}`;
    });
  const nothing = `SELECT ${physical.map((column) => `${sqlConstant(null, column.type)} AS ${column.sql}`).join(', ')} WHERE false`;
  return translation.step(selects.join('\nUNION ALL\n') || nothing, physical);
}

/** find [in (T1, T2)] where predicate [project ...] (R-36) */
export const find: OperatorRow = {
  name: 'find',
  rule: 'R-36',
  support: { state: 'limited', limit: 'without project, all columns of the tables are shown' },
  emit,
};
