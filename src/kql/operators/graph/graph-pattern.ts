import type { SyntaxNode } from '../../bind/syntax-node';
import type { OperatorContext } from '../operator-row';

/** A node of a pattern; equal names are one node. */
export interface PatternNode {
  readonly name: string;
  readonly alias: string;
}

/** An edge between two nodes of a pattern, as it is read from left to right. */
export interface PatternEdge {
  readonly name: string;
  readonly alias: string;
  readonly left: PatternNode;
  readonly right: PatternNode;
  readonly direction: 'right' | 'left' | 'any';
  /** Of an edge of variable length: how many there may be, at least and at most. */
  readonly range: { readonly least: bigint; readonly most: bigint } | undefined;
}

export interface Pattern {
  readonly nodes: readonly PatternNode[];
  readonly edges: readonly PatternEdge[];
}

function directionOf(text: string): PatternEdge['direction'] {
  if (text.startsWith('<')) return 'left';
  return text.endsWith('>') ? 'right' : 'any';
}

function rangeOf(edge: SyntaxNode, context: OperatorContext): PatternEdge['range'] {
  const range = edge.part('Range');
  if (!range) return undefined;
  const { translation, environment } = context;
  const [least, most] = range.children.map((bound) => translation.scalar(bound, { translation, environment }).constant?.value);
  if (typeof least === 'bigint' && typeof most === 'bigint' && least > 0n && most >= least) return { least, most };
  const what = 'An edge of variable length must occur at least once here, between constant bounds.';
  return translation.refuse('construct-unsupported', { what }, { node: range, environment });
}

/** Whether every node can be reached from the first one: other patterns are not allowed. */
function connected({ nodes, edges }: Pattern): boolean {
  const reached = new Set(nodes.slice(0, 1));
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const { left, right } of edges) if (reached.has(left) || reached.has(right)) reached.add(left).add(right);
  }
  return reached.size === nodes.length;
}

/** The nodes and edges of the sequences of a pattern. */
export function patternOf(node: SyntaxNode, context: OperatorContext): Pattern {
  const { translation, environment } = context;
  const nodes = new Map<string, PatternNode>();
  const edges: PatternEdge[] = [];
  const nodeNamed = (name: string): PatternNode => {
    const alias = translation.fresh('n');
    const known = name === '' ? undefined : nodes.get(name);
    const made = known ?? { name, alias };
    nodes.set(name || alias, made);
    return made;
  };
  for (const sequence of node.list('Patterns')) {
    const elements = sequence.list('PatternElements');
    const ends = elements.map((element) => (element.kind === 'GraphMatchPatternNode' ? nodeNamed(element.name) : undefined));
    elements.forEach((element, at) => {
      const left = ends[at - 1];
      const right = ends[at + 1];
      if (element.kind !== 'GraphMatchPatternEdge' || !left || !right) return;
      const alias = translation.fresh('e');
      edges.push({ name: element.name, alias, left, right, direction: directionOf(element.text), range: rangeOf(element, context) });
    });
  }
  const pattern = { nodes: [...nodes.values()], edges };
  if (connected(pattern)) return pattern;
  const what = 'The sequences of a graph pattern must share nodes.';
  return translation.refuse('construct-unsupported', { what }, { node, environment });
}
