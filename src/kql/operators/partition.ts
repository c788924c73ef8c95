import type { SyntaxNode } from '../bind/syntax-node';
import type { Relation } from '../translate/relation';
import { type OperatorContext, type OperatorRow } from './operator-row';

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input, scope } = context;
  const key = translation.scalar(node.need('ByExpression'), scope);
  const operand = node.need('Operand');
  const subquery = operand.kind === 'PartitionSubquery' ? operand.part('Subquery') : undefined;
  if (!subquery)
    return translation.refuse(
      'construct-unsupported',
      { what: 'partition with a query of its own in braces is not supported by this engine.' },
      { node, environment },
    );
  const id = translation.fresh('r');
  const rows = translation.step(`SELECT *, ${key.sql} AS ${id} FROM ${input.from}`, input.columns, {
    ordered: input.ordered,
    partition: id,
  });
  const result = translation.pipeline(subquery, { input: rows, environment });
  return { from: result.from, columns: result.columns, ordered: false };
}

/** T | partition by key (sub-query): the sub-query runs over the rows of each key by itself. */
export const partition: OperatorRow = {
  name: 'partition',
  rule: 'R-57',
  support: {
    state: 'limited',
    limit: 'the sub-query is in parentheses and made of row-wise operators, summarize, sort, top, take, count, distinct and windows',
  },
  emit,
};
