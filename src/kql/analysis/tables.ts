import type { SyntaxNode } from '../bind/syntax-node';
import type { Schema } from '../schema';
import { nodesOf } from './tree';

const pattern = (name: string): RegExp => new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

/** The tables of the schema that a query reads, patterns of union and unscoped search included. */
export function tablesOf(root: SyntaxNode, schema: Schema): string[] {
  const known = new Map(schema.tables.map((table) => [table.name, table]));
  const found = new Set<string>();
  for (const node of nodesOf(root)) {
    if (node.kind === 'NameReference' && node.symbol?.kind === 'Table' && known.has(node.name)) found.add(node.name);
    if (node.kind === 'NameReference' && node.name.includes('*'))
      for (const name of known.keys()) if (pattern(node.name).test(name)) found.add(name);
    if ((node.kind === 'SearchOperator' || node.kind === 'FindOperator') && !node.part('InClause') && isSource(node, root))
      for (const name of known.keys()) found.add(name);
  }
  return [...found];
}

/** Whether search or find begins a pipe, and so looks into every table. */
function isSource(node: SyntaxNode, root: SyntaxNode): boolean {
  for (const outer of nodesOf(root)) if (outer.kind === 'PipeExpression' && outer.need('Operator') === node) return false;
  return true;
}
