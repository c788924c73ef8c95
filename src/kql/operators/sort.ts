import type { SyntaxNode } from '../bind/syntax-node';
import type { Scope } from '../translate/translation';
import { exact, wholeConstant, type OperatorRow } from './operator-row';

interface Direction {
  readonly ascending: boolean;
  readonly nulls: string;
}

/** Kusto sorts descending unless told, with nulls last when descending and first when ascending. */
function directionOf(item: SyntaxNode): Direction {
  const clause = item.part('Ordering');
  const ascending = clause?.part('AscOrDescKeyword')?.text === 'asc';
  const nulls = clause?.part('NullsClause')?.part('FirstOrLastKeyword')?.text;
  return { ascending, nulls: (nulls ?? (ascending ? 'first' : 'last')).toUpperCase() };
}

/** One key of sort, top or make-series. NaN goes where the nulls go, beside them. */
export function orderingTerm(item: SyntaxNode, scope: Scope): string {
  const key = scope.translation.scalar(item.kind === 'OrderedExpression' ? item.need('Expression') : item, scope);
  const { ascending, nulls } = directionOf(item);
  const sql = key.type === 'dynamic' ? `CAST(${key.sql} AS VARCHAR)` : key.sql;
  const term = `${sql} ${ascending ? 'ASC' : 'DESC'} NULLS ${nulls}`;
  return key.type === 'real' ? `isnan(${sql}) ${nulls === 'FIRST' ? 'DESC' : 'ASC'} NULLS ${nulls}, ${term}` : term;
}

export const sort: OperatorRow = {
  name: 'sort',
  rule: 'R-10',
  support: exact,
  emit: (node, { translation, input, scope }) => {
    const { columns, partition } = input;
    const terms = [...(partition === undefined ? [] : [partition]), ...node.list('Expressions').map((item) => orderingTerm(item, scope))];
    return translation.step(`SELECT * FROM ${input.from} ORDER BY ${terms.join(', ')}`, columns, { ordered: true, partition });
  },
};

/** The first rows by some terms, of the whole or of each sub-table. */
export function topRows(terms: string, count: bigint, partition: string | undefined): string {
  if (partition === undefined) return `ORDER BY ${terms} LIMIT ${count}`;
  return `QUALIFY row_number() OVER (PARTITION BY ${partition} ORDER BY ${terms}) <= ${count} ORDER BY ${partition}, ${terms}`;
}

export const top: OperatorRow = {
  name: 'top',
  rule: 'R-10',
  support: exact,
  emit: (node, context) => {
    const { translation, input, scope } = context;
    const count = wholeConstant(node.need('Expression'), 'The number of rows of top', context);
    const tail = topRows(orderingTerm(node.need('ByExpression'), scope), count < 0n ? 0n : count, input.partition);
    return translation.step(`SELECT * FROM ${input.from} ${tail}`, input.columns, { ordered: true, partition: input.partition });
  },
};
