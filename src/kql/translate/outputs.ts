import type { SyntaxNode } from '../bind/syntax-node';
import { functionTable } from '../functions/function-table';
import { callContext } from './call-context';
import { callArguments } from './calls';
import type { Expression } from './expression';
import type { Scope } from './translation';

/** An item of extend, project or print without the name it is given. */
export function unnamed(item: SyntaxNode): SyntaxNode {
  return item.kind === 'SimpleNamedExpression' || item.kind === 'CompoundNamedExpression' ? item.need('Expression') : item;
}

/** The names that an item states, in order; empty when Kusto makes one up. */
export function statedNames(item: SyntaxNode): readonly string[] {
  if (item.kind === 'SimpleNamedExpression') return [item.need('Name').name];
  return item.kind === 'CompoundNamedExpression'
    ? item
        .need('Names')
        .list('Names')
        .map((name) => name.name)
    : [];
}

/** The values an item gives: one, or several for a function of several results such as series_fit_line(). */
export function outputs(item: SyntaxNode, scope: Scope): readonly Expression[] {
  const node = unnamed(item);
  const several = node.type?.kind === 'tuple' && node.kind === 'FunctionCallExpression' ? functionTable.get(node.name)?.columns : undefined;
  if (!several || node.type?.kind !== 'tuple') return [scope.translation.scalar(node, scope)];
  const values = several(callArguments(node, scope), callContext(node, 'dynamic', scope));
  return item === node ? values : values.slice(0, Math.max(statedNames(item).length, 1));
}
