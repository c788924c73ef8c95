import type { SyntaxNode } from '../../bind/syntax-node';
import type { Relation } from '../../translate/relation';
import { condition } from '../../translate/scalar';
import type { NewColumn } from '../../translate/translation';
import { boundColumns, optionsOf, type OperatorContext, type OperatorRow } from '../operator-row';
import { patternOf, type Pattern, type PatternEdge, type PatternNode } from './graph-pattern';
import { overElement, overMatches, pathCalls, propertyOf, type Element, type Match } from './pattern-scope';
import { apart, edgeRows, hidden, type Cycles } from './pattern-edges';

const refuse = (what: string, node: SyntaxNode, { translation, environment }: OperatorContext): never =>
  translation.refuse('construct-unsupported', { what }, { node, environment });

const conjuncts = (node: SyntaxNode): SyntaxNode[] => {
  if (node.kind === 'ParenthesizedExpression') return conjuncts(node.need('Expression'));
  return node.kind === 'AndExpression' ? [...conjuncts(node.need('Left')), ...conjuncts(node.need('Right'))] : [node];
};

/** The elements that a condition reads, and whether it asks a path as a whole. */
function readBy(node: SyntaxNode, match: Match): { elements: ReadonlySet<Element>; whole: boolean } {
  const elements = new Map<PatternNode | PatternEdge, Element>();
  let whole = false;
  const walk = (inner: SyntaxNode): void => {
    if (inner.kind === 'FunctionCallExpression' && pathCalls.has(inner.name)) {
      whole = true;
      return;
    }
    const found = propertyOf(inner, match)?.element;
    if (found) elements.set('node' in found ? found.node : found.edge, found);
    inner.children.forEach(walk);
  };
  walk(node);
  return { elements: new Set(elements.values()), whole };
}

interface Conditions {
  /** Conditions on one element alone. */
  readonly own: ReadonlyMap<PatternNode | PatternEdge, readonly string[]>;
  /** Conditions on several. */
  readonly across: readonly string[];
}

/** The conditions by what they read: one on a path's edge holds for each of its edges. */
function conditionsOf(node: SyntaxNode | undefined, match: Match): Conditions {
  const own = new Map<PatternNode | PatternEdge, string[]>();
  const across: string[] = [];
  for (const part of node ? conjuncts(node) : []) {
    const { elements, whole } = readBy(part, match);
    const [only, another] = elements;
    if (only && !another && !whole) {
      const element = 'node' in only ? only.node : only.edge;
      own.set(element, [...(own.get(element) ?? []), condition(part, overElement(match))]);
      continue;
    }
    if ([...elements].some((element) => 'edge' in element && element.edge.range))
      refuse(
        'A condition that compares an edge of variable length with something else is not supported by this engine.',
        part,
        match.context,
      );
    across.push(condition(part, overMatches(match)));
  }
  return { own, across };
}

function cyclesOf(node: SyntaxNode, pattern: Pattern, context: OperatorContext): Cycles {
  const cycles = optionsOf(node).get('cycles')?.text ?? 'unique_edges';
  if (cycles === 'all') return 'all';
  if (cycles !== 'none') return 'unique_edges';
  return pattern.edges.length < pattern.nodes.length
    ? 'none'
    : refuse('cycles=none with a pattern that is a cycle itself is not supported by this engine.', node, context);
}

/** The SQL of all matches: the rows of each element, joined where they meet. */
function matched(match: Match, conditions: Conditions, cycles: Cycles): string {
  const { pattern, graph, context } = match;
  const ids = new Map<PatternNode, string>();
  const joins: string[] = [];
  const from: string[] = [];
  const meet = (node: PatternNode, end: string): void => {
    const known = ids.get(node);
    if (known === undefined) ids.set(node, end);
    else joins.push(`${known} = ${end}`);
  };
  const filtered = new Map<PatternNode, string>();
  for (const node of pattern.nodes) {
    const own = conditions.own.get(node) ?? [];
    if (own.length === 0 && !match.read.has(node) && pattern.edges.length > 0) continue;
    const where = own.length > 0 ? ` WHERE ${own.join(' AND ')}` : '';
    const rows = context.translation.step(`SELECT * FROM ${graph.nodes.from}${where}`, []).from;
    if (own.length > 0) filtered.set(node, `SELECT ${graph.nodes.id} FROM ${rows}`);
    from.push(`${rows} AS ${node.alias}`);
    meet(node, `${node.alias}.${graph.nodes.id}`);
  }
  for (const edge of pattern.edges) {
    const gathered = match.gathered.get(edge) ?? new Map<string, string>();
    const rows = { edge, filters: conditions.own.get(edge) ?? [], gathered, starts: filtered.get(edge.left) };
    from.push(`${edgeRows(rows, { graph, cycles, context })} AS ${edge.alias}`);
    meet(edge.left, `${edge.alias}.${hidden.left}`);
    meet(edge.right, `${edge.alias}.${hidden.right}`);
  }
  const where = [...joins, ...conditions.across, ...apart(pattern.edges, [...ids.values()], cycles)];
  return `${from.join(', ')}${where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''}`;
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { graph } = context.input;
  const projection = node.part('ProjectClause');
  if (!graph || !projection) return refuse('graph-match without project is not supported by this engine.', node, context);
  const pattern = patternOf(node, context);
  const gathered = new Map(pattern.edges.filter((edge) => edge.range).map((edge) => [edge, new Map<string, string>()]));
  const match: Match = { pattern, graph, context, gathered, read: new Set() };
  const cycles = cyclesOf(node, pattern, context);
  const conditions = conditionsOf(node.part('WhereClause')?.need('Condition'), match);
  const names = boundColumns(node);
  const columns = projection.list('Expressions').map((expression, index): NewColumn => {
    const value = context.translation.scalar(expression, overMatches(match));
    return { name: names[index]?.name ?? `Column${index + 1}`, type: value.type, expression: value.sql };
  });
  return context.translation.select(columns, matched(match, conditions, cycles));
}

/** G | graph-match (a)-[e]->(b) where ... project ... (R-63) */
export const graphMatch: OperatorRow = {
  name: 'graph-match',
  rule: 'R-63',
  support: {
    state: 'limited',
    limit: 'with project; a condition on an edge of variable length reads that edge alone; labels, degrees and inner_nodes() are refused',
  },
  emit,
};
