import type { SyntaxNode } from '../bind/syntax-node';
import { aggregateTable } from '../aggregates/aggregate-table';
import type { AggregateRow } from '../aggregates/aggregate-row';
import type { KqlType } from '../schema';
import { callContext } from './call-context';
import { callArguments } from './calls';
import type { Expression } from './expression';
import type { Scope } from './translation';

const isAggregate = (node: SyntaxNode): boolean =>
  node.kind === 'FunctionCallExpression' && node.symbol?.kind === 'Function' && node.symbol.origin === 'aggregate';

function rowOf(node: SyntaxNode, scope: Scope): AggregateRow {
  const row = aggregateTable.get(node.name);
  const at = { node, environment: scope.environment };
  if (!row) return scope.translation.refuse('function-unknown', { name: node.name }, at);
  if (row.support.state === 'refused') {
    const { reason, hint } = row.support;
    return scope.translation.refuse('function-unsupported', { name: node.name, why: reason, ...(hint ? { hint } : {}) }, at);
  }
  return row;
}

/** The values of an aggregate call over the rows of a group; `columns` are the binder's, one a value. */
export function aggregateCall(node: SyntaxNode, scope: Scope): readonly Expression[] {
  const row = rowOf(node, scope);
  const args = callArguments(node, { ...scope, resolve: undefined });
  const bound: KqlType = node.type?.kind === 'scalar' ? node.type.type : 'dynamic';
  const type = row.returns?.(args, bound) ?? bound;
  const emitted = row.emit(args, callContext(node, type, scope));
  if (typeof emitted === 'string') return [{ sql: emitted, type }];
  const columns = node.type?.kind === 'tuple' ? node.type.columns : [];
  return emitted.map((sql, index) => ({ sql, type: row.returns ? type : (columns[index]?.type ?? type) }));
}

/** A scope in which calls of aggregates are translated over the group, wherever they stand in an expression. */
export function aggregating(scope: Scope): Scope {
  const rows: Scope = { ...scope, resolve: undefined };
  return { ...scope, resolve: (node) => (isAggregate(node) ? aggregateCall(node, rows)[0] : undefined) };
}

export { isAggregate };
