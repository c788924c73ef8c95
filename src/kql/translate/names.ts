import type { SyntaxNode } from '../bind/syntax-node';
import type { Expression } from './expression';
import type { Relation, RelationColumn } from './relation';
import type { Scope } from './translation';

export const columnExpression = (column: RelationColumn): Expression => ({ sql: column.sql, type: column.type });

export function columnOf(relation: Relation | undefined, name: string): RelationColumn | undefined {
  return relation?.columns.find((column) => column.name === name);
}

/** $left.x and $right.x of a join condition. */
export function sideColumn(node: SyntaxNode, scope: Scope): Expression | undefined {
  const owner = node.part('Expression');
  if (!scope.sides || owner?.kind !== 'NameReference') return undefined;
  const side = owner.name === '$left' ? scope.sides.left : owner.name === '$right' ? scope.sides.right : undefined;
  const column = side && columnOf(side, node.need('Selector').name);
  return column && columnExpression(column);
}

function rowColumn(row: Relation | undefined, name: string): Expression | undefined {
  const column = columnOf(row, name);
  return column && { ...columnExpression(column), parsed: row?.parsed?.get(column.sql) };
}

/** A name in scalar position: a column of the row, else a let value or a parameter. */
export function nameReference(node: SyntaxNode, scope: Scope): Expression {
  const { translation, environment, row } = scope;
  const hidden = scope.resolve?.(node);
  if (hidden) return hidden;
  const value = rowColumn(row, node.name);
  if (value && node.symbol?.kind !== 'Variable' && node.symbol?.kind !== 'Parameter') return value;
  const binding = environment.lookup(node.name);
  if (binding?.kind === 'scalar') return binding.value();
  if (value) return value;
  return translation.refuse('name-unresolved', { name: node.name }, { node, environment });
}
