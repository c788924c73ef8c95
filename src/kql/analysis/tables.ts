import type { SyntaxNode } from '../bind/syntax-node';
import type { Schema } from '../schema';
import { nodesOf } from './tree';

const pattern = (name: string): RegExp => new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

/** Whether a search or find looks into every table: it begins a pipe and names none. */
const isUnscoped = (node: SyntaxNode, piped: ReadonlySet<SyntaxNode>): boolean =>
  (node.kind === 'SearchOperator' || node.kind === 'FindOperator') && !node.part('InClause') && !piped.has(node);

/** The names of the schema that one node stands for. */
function namedBy(node: SyntaxNode, names: readonly string[]): readonly string[] {
  if (node.kind !== 'NameReference') return [];
  if (node.name.includes('*')) return names.filter((name) => pattern(node.name).test(name));
  return node.symbol?.kind === 'Table' ? names.filter((name) => name === node.name) : [];
}

/** The tables of the schema that a query reads, patterns of union and unscoped search included. */
export function tablesOf(root: SyntaxNode, schema: Schema): string[] {
  const names = schema.tables.map((table) => table.name);
  const nodes = nodesOf(root);
  const piped = new Set(nodes.flatMap((node) => (node.kind === 'PipeExpression' ? [node.need('Operator')] : [])));
  return [...new Set(nodes.flatMap((node) => (isUnscoped(node, piped) ? names : namedBy(node, names))))];
}
