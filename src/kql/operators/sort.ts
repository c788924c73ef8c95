import type { SyntaxNode } from '../bind/syntax-node';
import type { Scope } from '../translate/translation';
import { exact, wholeConstant, type OperatorRow } from './operator-row';

/** One key of sort, top or make-series. Kusto sorts descending unless told, with nulls last when descending and first when ascending. */
export function orderingTerm(item: SyntaxNode, scope: Scope): string {
  const key = scope.translation.scalar(item.kind === 'OrderedExpression' ? item.need('Expression') : item, scope);
  const clause = item.kind === 'OrderedExpression' ? item.part('Ordering') : undefined;
  const ascending = clause?.part('AscOrDescKeyword')?.text === 'asc';
  const nulls = clause?.part('NullsClause')?.part('FirstOrLastKeyword')?.text ?? (ascending ? 'first' : 'last');
  const sql = key.type === 'dynamic' ? `CAST(${key.sql} AS VARCHAR)` : key.sql;
  const direction = ascending ? 'ASC' : 'DESC';
  if (key.type === 'real')
    return `isnan(${sql}) ${nulls === 'first' ? 'DESC' : 'ASC'} NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}, ${sql} ${direction} NULLS ${nulls.toUpperCase()}`;
  return `${sql} ${direction} NULLS ${nulls.toUpperCase()}`;
}

export const sort: OperatorRow = {
  name: 'sort',
  rule: 'R-10',
  support: exact,
  emit: (node, { translation, input, scope }) => {
    const terms = node.list('Expressions').map((item) => orderingTerm(item, scope));
    return translation.step(`SELECT * FROM ${input.from} ORDER BY ${terms.join(', ')}`, input.columns, { ordered: true });
  },
};

export const top: OperatorRow = {
  name: 'top',
  rule: 'R-10',
  support: exact,
  emit: (node, context) => {
    const { translation, input, scope } = context;
    const count = wholeConstant(node.need('Expression'), 'The number of rows of top', context);
    const term = orderingTerm(node.need('ByExpression'), scope);
    return translation.step(`SELECT * FROM ${input.from} ORDER BY ${term} LIMIT ${count < 0n ? 0n : count}`, input.columns, {
      ordered: true,
    });
  },
};
