import type { SyntaxNode } from '../../bind/syntax-node';
import type { Column } from '../../schema';
import { constantOf } from '../../translate/literal';
import { columnOf } from '../../translate/names';
import { physicalColumns, type Graph, type Relation, type RelationColumn } from '../../translate/relation';
import { exact, type OperatorContext, type OperatorRow } from '../operator-row';

/** A table of nodes and the column of their ids. */
interface NodeTable {
  readonly rows: Relation;
  readonly key: RelationColumn;
}

const refuse = (what: string, node: SyntaxNode, { translation, environment }: OperatorContext): never =>
  translation.refuse('construct-unsupported', { what }, { node, environment });

function columnNamed(name: SyntaxNode, rows: Relation, context: OperatorContext): RelationColumn {
  const column = columnOf(rows, name.name);
  return column ?? context.translation.refuse('name-unresolved', { name: name.name }, { node: name, environment: context.environment });
}

function nodeTables(node: SyntaxNode, context: OperatorContext): NodeTable[] {
  return node.list('TablesAndKeys').map((clause) => {
    const rows = context.translation.tabular(clause.need('Table'), context.environment);
    return { rows, key: columnNamed(clause.need('Column'), rows, context) };
  });
}

/** The properties of all tables together: one of a name, whose type is the same wherever it occurs. */
function properties(tables: readonly NodeTable[], node: SyntaxNode, context: OperatorContext): RelationColumn[] {
  const found = new Map<string, Column>();
  for (const { rows } of tables) {
    for (const { name, type } of rows.columns) {
      const known = found.get(name);
      if (known && known.type !== type) refuse(`The node property '${name}' has two types: ${known.type} and ${type}.`, node, context);
      found.set(name, { name, type });
    }
  }
  return physicalColumns([...found.values()]);
}

const ends = ({ from, source, target }: Graph['edges'], id: string): string =>
  `SELECT ${source} AS ${id} FROM ${from} WHERE ${source} IS NOT NULL UNION SELECT ${target} FROM ${from} WHERE ${target} IS NOT NULL`;

/** One node for each id in the tables, and one with nothing but its id for each end of an edge that they lack. */
function tableNodes(
  tables: readonly NodeTable[],
  edges: Graph['edges'],
  where: { node: SyntaxNode; context: OperatorContext },
): Graph['nodes'] {
  const { translation } = where.context;
  const columns = properties(tables, where.node, where.context);
  const id = translation.fresh('id');
  const key = tables[0]?.key.name;
  if (tables.some((table) => table.key.name !== key))
    refuse('Tables of nodes whose ids have different names are not supported by this engine.', where.node, where.context);
  const listed = ({ rows }: NodeTable): string[] =>
    columns.map((column) => `${columnOf(rows, column.name)?.sql ?? constantOf(null, column.type).sql} AS ${column.sql}`);
  const arms = tables.map(
    (table) =>
      `SELECT ${[`${table.key.sql} AS ${id}`, ...listed(table)].join(', ')} FROM ${table.rows.from} WHERE ${table.key.sql} IS NOT NULL`,
  );
  const merged = columns.map(({ sql, type }) =>
    type === 'string' ? `coalesce(any_value(nullif(${sql}, '')), '') AS ${sql}` : `any_value(${sql}) AS ${sql}`,
  );
  const known = translation.step(`SELECT ${[id, ...merged].join(', ')} FROM (${arms.join(' UNION ALL ')}) GROUP BY ${id}`, []);
  const bare = columns.map((column) => `${column.name === key ? `_e.${id}` : constantOf(null, column.type).sql} AS ${column.sql}`);
  const sql = `SELECT ${[id, ...columns.map((column) => column.sql)].join(', ')} FROM ${known.from} UNION ALL SELECT ${[`_e.${id}`, ...bare].join(', ')} FROM (${ends(edges, id)}) AS _e ANTI JOIN ${known.from} AS _k ON _k.${id} = _e.${id}`;
  return { from: translation.step(sql, columns, { materialized: true }).from, columns, id };
}

/** Nodes that are only ends of edges: an id, which has a name where the query gives one. */
function bareNodes(named: Column | undefined, edges: Graph['edges'], context: OperatorContext): Graph['nodes'] {
  const id = context.translation.fresh('id');
  const columns = physicalColumns(named ? [named] : []);
  const sql = `SELECT ${[id, ...columns.map((column) => `${id} AS ${column.sql}`)].join(', ')} FROM (${ends(edges, id)})`;
  return { from: context.translation.step(sql, columns, { materialized: true }).from, columns, id };
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, input } = context;
  if (node.part('PartitionedByClause')) refuse('make-graph with partitioned-by is not supported by this engine.', node, context);
  const source = columnNamed(node.need('SourceColumn'), input, context);
  const target = columnNamed(node.need('TargetColumn'), input, context);
  const clause = node.part('WithClause');
  const tables = clause?.kind === 'MakeGraphWithTablesAndKeysClause' ? nodeTables(clause, context) : [];
  if ([target, ...tables.map((table) => table.key)].some((column) => column.type !== source.type))
    refuse('The ids of nodes must be of one type.', node, context);
  const id = translation.fresh('e');
  const rows = translation.step(`SELECT *, row_number() OVER () AS ${id} FROM ${input.from}`, input.columns, { materialized: true });
  const edges = { from: rows.from, columns: input.columns, id, source: source.sql, target: target.sql };
  const name = clause?.part('Name')?.name;
  const nodes =
    tables.length > 0
      ? tableNodes(tables, edges, { node, context })
      : bareNodes(name === undefined ? undefined : { name, type: source.type }, edges, context);
  return { from: nodes.from, columns: [], ordered: false, graph: { nodes, edges } };
}

/** T | make-graph a --> b with nodes on id (R-63) */
export const makeGraph: OperatorRow = { name: 'make-graph', rule: 'R-63', support: exact, emit };
