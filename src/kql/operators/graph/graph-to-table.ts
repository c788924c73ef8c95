import type { SyntaxNode } from '../../bind/syntax-node';
import type { Relation } from '../../translate/relation';
import type { OperatorContext, OperatorRow } from '../operator-row';

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input } = context;
  const [output, another] = node.list('OutputClause');
  const refuse = (what: string): never => translation.refuse('construct-unsupported', { what }, { node, environment });
  if (!output || !input.graph || another) return refuse('graph-to-table gives either nodes or edges here: one result for each query.');
  if (output.list('Parameters').length > 0) return refuse('graph-to-table with ids of its own is not supported by this engine.');
  const part = output.part('EntityKeyword')?.text === 'edges' ? input.graph.edges : input.graph.nodes;
  return translation.select(
    part.columns.map(({ name, type, sql }) => ({ name, type, expression: sql })),
    part.from,
  );
}

/** G | graph-to-table nodes */
export const graphToTable: OperatorRow = {
  name: 'graph-to-table',
  rule: 'R-63',
  support: { state: 'limited', limit: 'nodes or edges, not both, and without ids of its own' },
  emit,
};
