import type { SyntaxNode } from '../bind/syntax-node';

/** Every node below and including this one, outer ones first. */
export function* nodesOf(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children) if (!child.isToken) yield* nodesOf(child);
}

/** The operators of a pipe in order, and what it starts from. */
export function pipeOf(node: SyntaxNode): { readonly source: SyntaxNode; readonly operators: readonly SyntaxNode[] } {
  const operators: SyntaxNode[] = [];
  let source = node;
  while (source.kind === 'PipeExpression') {
    operators.unshift(source.need('Operator'));
    source = source.need('Expression');
  }
  return { source, operators };
}
