import type { SyntaxNode } from '../bind/syntax-node';

const walked = new WeakMap<SyntaxNode, readonly SyntaxNode[]>();

function collect(node: SyntaxNode, into: SyntaxNode[]): void {
  into.push(node);
  for (const child of node.children) collect(child, into);
}

/** Every node below and including this one, outer ones first; walked once a node. */
export function nodesOf(node: SyntaxNode): readonly SyntaxNode[] {
  const known = walked.get(node);
  if (known) return known;
  const found: SyntaxNode[] = [];
  collect(node, found);
  walked.set(node, found);
  return found;
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
