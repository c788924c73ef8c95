import type { Graph } from '../../translate/relation';
import type { OperatorContext } from '../operator-row';
import type { PatternEdge } from './graph-pattern';

/** Which nodes and edges may occur again: in cycles=none none, by default no edge. */
export type Cycles = 'all' | 'none' | 'unique_edges';

/** What is known of an edge when its rows are written. */
export interface EdgeRows {
  readonly edge: PatternEdge;
  /** Conditions on each edge, over the columns of the edges. */
  readonly filters: readonly string[];
  /** Values of each edge that a path gathers in lists, by the name of the list. */
  readonly gathered: ReadonlyMap<string, string>;
  /** SQL of the ids that the left node may have, where it is known. */
  readonly starts: string | undefined;
}

/** The hidden columns of an edge's rows: its two ends, and its id or, of a path, the ids of its edges and of its nodes. */
export const hidden = { left: '_graph_left', right: '_graph_right', id: '_graph_id', nodes: '_graph_nodes' } as const;

/** The edges of a graph from left to right of the pattern; one without direction is there both ways. */
function directed({ edge, filters, gathered }: EdgeRows, { from, columns, id, source, target }: Graph['edges']): string {
  const values = edge.range ? [...gathered].map(([name, sql]) => `${sql} AS ${name}`) : columns.map((column) => column.sql);
  const arm = (left: string, right: string, more: readonly string[]): string => {
    const list = [`${left} AS ${hidden.left}`, `${right} AS ${hidden.right}`, `${id} AS ${hidden.id}`, ...values];
    const where = [...filters, ...more].join(' AND ');
    return `SELECT ${list.join(', ')} FROM ${from}${where === '' ? '' : ` WHERE ${where}`}`;
  };
  if (edge.direction === 'right') return arm(source, target, []);
  if (edge.direction === 'left') return arm(target, source, []);
  return `${arm(source, target, [])} UNION ALL ${arm(target, source, [`${source} <> ${target}`])}`;
}

/** Every path of the allowed lengths, edge by edge. */
function paths(step: string, rows: EdgeRows & { edge: { range: { least: bigint; most: bigint } } }, cycles: Cycles): string {
  const { least, most } = rows.edge.range;
  const names = [...rows.gathered.keys()];
  const { left, right, id, nodes } = hidden;
  const first = [
    left,
    right,
    `[${id}] AS ${id}`,
    `[${left}, ${right}] AS ${nodes}`,
    ...names.map((name) => `[${name}] AS ${name}`),
    '1 AS _length',
  ];
  const next = [
    `_p.${left}`,
    `_x.${right}`,
    `list_append(_p.${id}, _x.${id})`,
    `list_append(_p.${nodes}, _x.${right})`,
    ...names.map((name) => `list_append(_p.${name}, _x.${name})`),
    '_p._length + 1',
  ];
  const again = { all: 'true', none: `NOT list_contains(_p.${nodes}, _x.${right})`, unique_edges: `NOT list_contains(_p.${id}, _x.${id})` };
  const start = [
    ...(rows.starts === undefined ? [] : [`${left} IN (${rows.starts})`]),
    ...(cycles === 'none' ? [`${left} <> ${right}`] : []),
  ];
  const from = `FROM ${step}${start.length > 0 ? ` WHERE ${start.join(' AND ')}` : ''}`;
  const recursion = `SELECT ${next.join(', ')} FROM _path AS _p JOIN ${step} AS _x ON _x.${left} = _p.${right} WHERE _p._length < ${most} AND ${again[cycles]}`;
  return `WITH RECURSIVE _path AS (SELECT ${first.join(', ')} ${from} UNION ALL ${recursion}) SELECT * FROM _path WHERE _length >= ${least}`;
}

/** The rows of one edge of a pattern: an edge of the graph, or a path of edges. */
export function edgeRows(rows: EdgeRows, parts: { graph: Graph; cycles: Cycles; context: OperatorContext }): string {
  const { graph, cycles, context } = parts;
  const single = context.translation.step(directed(rows, graph.edges), []).from;
  const { edge } = rows;
  if (!edge.range) return single;
  return context.translation.step(paths(single, { ...rows, edge: { ...edge, range: edge.range } }, cycles), []).from;
}

/** What keeps the edges of a match apart from each other. */
export function apart(edges: readonly PatternEdge[], nodes: readonly string[], cycles: Cycles): string[] {
  if (cycles === 'all') return [];
  if (cycles === 'none') {
    const inner = edges.filter((edge) => edge.range).map(({ alias }) => `list_slice(${alias}.${hidden.nodes}, 2, -2)`);
    const all = [`[${nodes.join(', ')}]`, ...inner].reduce((left, right) => `list_concat(${left}, ${right})`);
    return nodes.length + inner.length > 1 ? [`len(${all}) = len(list_distinct(${all}))`] : [];
  }
  return edges.flatMap((one, at) =>
    edges.slice(at + 1).map((other) => {
      const [a, b] = [`${one.alias}.${hidden.id}`, `${other.alias}.${hidden.id}`];
      if (one.range && other.range) return `NOT list_has_any(${a}, ${b})`;
      if (one.range) return `NOT list_contains(${a}, ${b})`;
      return other.range ? `NOT list_contains(${b}, ${a})` : `${a} <> ${b}`;
    }),
  );
}
