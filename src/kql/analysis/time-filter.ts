import { literalValue } from '../bind/literals';
import type { SyntaxNode } from '../bind/syntax-node';
import { nodesOf } from './tree';

export interface TimeFilter {
  readonly column: string;
  /** How far back, where the query says so by ago(). */
  readonly lookBackTicks?: bigint;
}

export const timeColumns: ReadonlySet<string> = new Set(['Timestamp', 'TimeGenerated']);

const comparisons = new Set([
  'GreaterThanExpression',
  'GreaterThanOrEqualExpression',
  'LessThanExpression',
  'LessThanOrEqualExpression',
  'BetweenExpression',
  'EqualExpression',
]);

/** The value of a timespan that stands in the text or behind one let. */
function timespanOf(node: SyntaxNode, lets: ReadonlyMap<string, SyntaxNode>): bigint | undefined {
  const target = node.kind === 'NameReference' ? lets.get(node.name) : node;
  const value = target && literalValue(target.kind, target.raw, 0n);
  return target?.kind === 'TimespanLiteralExpression' && typeof value === 'bigint' ? value : undefined;
}

/** The spans that ago() looks back in a query. */
export function lookBacks(root: SyntaxNode): { readonly node: SyntaxNode; readonly ticks: bigint }[] {
  const lets = new Map<string, SyntaxNode>();
  const found: { node: SyntaxNode; ticks: bigint }[] = [];
  for (const node of nodesOf(root)) {
    if (node.kind === 'LetStatement') lets.set(node.need('Name').name, node.need('Expression'));
    if (node.kind !== 'FunctionCallExpression' || node.name !== 'ago') continue;
    const [argument] = node.need('ArgumentList').list('Expressions');
    const ticks = argument && timespanOf(argument, lets);
    if (ticks !== undefined) found.push({ node, ticks });
  }
  return found;
}

const mentions = (node: SyntaxNode | undefined): string | undefined => {
  if (!node) return undefined;
  for (const inner of nodesOf(node)) if (inner.kind === 'NameReference' && timeColumns.has(inner.name)) return inner.name;
  return undefined;
};

/** The first comparison on a time column. */
export function timeFilterOf(root: SyntaxNode): TimeFilter | undefined {
  const spans = lookBacks(root);
  for (const node of nodesOf(root)) {
    const column = comparisons.has(node.kind) ? (mentions(node.part('Left')) ?? mentions(node.part('Right'))) : undefined;
    if (!column) continue;
    const inside = spans.find(({ node: call }) => call.start >= node.start && call.end <= node.end);
    const longest = inside ?? spans[0];
    return longest ? { column, lookBackTicks: longest.ticks } : { column };
  }
  return undefined;
}
