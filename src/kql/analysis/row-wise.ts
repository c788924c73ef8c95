import { literalValue } from '../bind/literals';
import type { SyntaxNode } from '../bind/syntax-node';
import type { Schema } from '../schema';
import { nodesOf, pipeOf } from './tree';
import { timeColumns } from './time-filter';

export type RowWise = { readonly timeColumn: string } | { readonly why: string };

const perRow: Readonly<Record<string, true>> = {
  FilterOperator: true,
  ExtendOperator: true,
  ProjectOperator: true,
  ProjectAwayOperator: true,
  ProjectKeepOperator: true,
  ProjectRenameOperator: true,
  ProjectReorderOperator: true,
  ParseOperator: true,
  ParseWhereOperator: true,
  ParseKvOperator: true,
  MvExpandOperator: true,
  MvApplyOperator: true,
  RenderOperator: true,
  AsOperator: true,
};

const acrossRows = new Set(['prev', 'next', 'row_number', 'row_cumsum', 'row_rank_dense', 'row_rank_min', 'row_window_session']);

/** Whether each row of the result comes from one row of one table alone, so that answers of time slices may be put together. */
export function rowWiseOf(root: SyntaxNode, expression: SyntaxNode, schema: Schema): RowWise {
  const { source, operators } = pipeOf(expression);
  const table = schema.tables.find((candidate) => source.kind === 'NameReference' && candidate.name === source.name);
  if (!table) return { why: 'the query does not begin with a table' };
  const other = operators.find((operator) => !perRow[operator.kind]);
  if (other) return { why: `${other.text.split(/[\s(]/)[0]} looks at more than one row` };
  let named = 0;
  for (const node of nodesOf(root)) {
    if (node.kind === 'NameReference' && node.symbol?.kind === 'Table') named += 1;
    if (node.kind === 'FunctionCallExpression' && acrossRows.has(node.name)) return { why: `${node.name}() looks at more than one row` };
  }
  if (named > 1) return { why: 'more than one table is read' };
  const time = table.columns.find((column) => timeColumns.has(column.name) && column.type === 'datetime');
  return time ? { timeColumn: time.name } : { why: `${table.name} has no time column` };
}

/** The number of rows that the query itself asks for at its end. */
export function userTakeOf(expression: SyntaxNode): number | undefined {
  for (const operator of [...pipeOf(expression).operators].reverse()) {
    if (operator.kind === 'TakeOperator' || operator.kind === 'TopOperator') {
      const count = operator.need('Expression');
      const value = literalValue(count.kind, count.raw, 0n);
      return typeof value === 'bigint' ? Number(value) : undefined;
    }
    if (!perRow[operator.kind] && operator.kind !== 'SortOperator') return undefined;
    if (operator.kind === 'FilterOperator') return undefined;
  }
  return undefined;
}
