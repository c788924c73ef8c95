import type { SyntaxNode } from '../../bind/syntax-node';
import { dynamicOf } from '../../functions/coerce';
import type { Expression } from '../../translate/expression';
import type { Graph, RelationColumn } from '../../translate/relation';
import { condition } from '../../translate/scalar';
import type { OperatorContext } from '../operator-row';
import type { Pattern, PatternEdge, PatternNode } from './graph-pattern';

/** A pattern while its conditions and columns are translated. */
export interface Match {
  readonly pattern: Pattern;
  readonly graph: Graph;
  readonly context: OperatorContext;
  /** Values that paths gather: of each edge of variable length, the list's name and the SQL of its elements. */
  readonly gathered: ReadonlyMap<PatternEdge, Map<string, string>>;
  /** Nodes whose properties are read beyond their own conditions. */
  readonly read: Set<PatternNode>;
}

/** A node or an edge of the pattern. */
export type Element = { readonly node: PatternNode } | { readonly edge: PatternEdge };

/** Calls over the edges of a path as a whole. */
export const pathCalls: ReadonlySet<string> = new Set(['all', 'any', 'map']);

function elementNamed(name: string, { pattern }: Match): Element | undefined {
  if (name === '') return undefined;
  const node = pattern.nodes.find((candidate) => candidate.name === name);
  if (node) return { node };
  const edge = pattern.edges.find((candidate) => candidate.name === name);
  return edge && { edge };
}

/** x.property, where x is an element of the pattern. */
export function propertyOf(node: SyntaxNode, match: Match): { element: Element; column: RelationColumn } | undefined {
  if (node.kind !== 'PathExpression') return undefined;
  const owner = node.need('Expression');
  const element = owner.kind === 'NameReference' ? elementNamed(owner.name, match) : undefined;
  if (!element) return undefined;
  const { columns } = 'node' in element ? match.graph.nodes : match.graph.edges;
  const column = columns.find((candidate) => candidate.name === node.need('Selector').name);
  return column && { element, column };
}

/** The list that a path gathers of a value of each of its edges. */
function gather(edge: PatternEdge, sql: string, match: Match): string {
  const lists = match.gathered.get(edge) ?? new Map<string, string>();
  const known = [...lists].find(([, element]) => element === sql)?.[0];
  const name = known ?? match.context.translation.fresh('g');
  lists.set(name, sql);
  return `${edge.alias}.${name}`;
}

/** all(e, condition), any(e, condition) and map(e, value) over an edge of variable length. */
function overEdges(node: SyntaxNode, match: Match): Expression | undefined {
  if (node.kind !== 'FunctionCallExpression' || !pathCalls.has(node.name)) return undefined;
  const [first, inner] = node.need('ArgumentList').list('Expressions');
  const element = first && elementNamed(first.name, match);
  if (!element || !('edge' in element) || !element.edge.range || !inner) return undefined;
  const { context, graph } = match;
  const scope = { ...context.scope, row: { from: graph.edges.from, columns: graph.edges.columns, ordered: false } };
  if (node.name === 'map') {
    const list = gather(element.edge, dynamicOf(context.translation.scalar(inner, scope)), match);
    return { sql: `to_json(${list})`, type: 'dynamic' };
  }
  const list = gather(element.edge, `coalesce(${condition(inner, scope)}, false)`, match);
  return { sql: node.name === 'all' ? `(NOT list_contains(${list}, false))` : `list_contains(${list}, true)`, type: 'bool' };
}

/** A scope over whole matches: elements are aliases, and a property of a path is the array of its edges' values. */
export function overMatches(match: Match): OperatorContext['scope'] {
  const resolve = (node: SyntaxNode): Expression | undefined => {
    const found = propertyOf(node, match);
    if (!found) return overEdges(node, match);
    const { element, column } = found;
    if ('node' in element) {
      match.read.add(element.node);
      return { sql: `${element.node.alias}.${column.sql}`, type: column.type };
    }
    if (!element.edge.range) return { sql: `${element.edge.alias}.${column.sql}`, type: column.type };
    return { sql: `to_json(${gather(element.edge, dynamicOf(column), match)})`, type: 'dynamic' };
  };
  return { ...match.context.scope, row: undefined, resolve };
}

/** A scope over one element alone, whose properties are plain columns. */
export function overElement(match: Match): OperatorContext['scope'] {
  const resolve = (node: SyntaxNode): Expression | undefined => {
    const found = propertyOf(node, match);
    return found && { sql: found.column.sql, type: found.column.type };
  };
  return { ...match.context.scope, row: undefined, resolve };
}
