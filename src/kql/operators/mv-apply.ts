import type { SyntaxNode } from '../bind/syntax-node';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { expanded, expansionsOf } from './mv-expand';
import { boundColumns, exact, optionsOf, wholeConstant, type OperatorContext, type OperatorRow } from './operator-row';

/** The input's rows under a number, which the sub-query's rows carry along. */
function numbered(context: OperatorContext): { rows: Relation; id: string } {
  const id = context.translation.fresh('r');
  const { input, translation } = context;
  const outer = input.partition === undefined ? '' : '';
  const rows = translation.step(`SELECT *, row_number() OVER (${outer}) AS ${id} FROM ${input.from}`, input.columns, {
    ordered: input.ordered,
    partition: id,
  });
  return { rows, id };
}

/** What the sub-query gives, beside the columns of the row it belongs to. */
function recombined(
  node: SyntaxNode,
  parts: { rows: Relation; id: string; result: Relation; replaced: ReadonlySet<string> },
  context: OperatorContext,
): Relation {
  const { rows, id, result, replaced } = parts;
  const own = new Map(rows.columns.filter((column) => !replaced.has(column.name)).map((column) => [column.name, column]));
  const given = new Map(result.columns.map((column) => [column.name, column]));
  const columns = boundColumns(node).flatMap(({ name }): NewColumn[] => {
    const inner = given.get(name);
    if (inner) return [{ name, type: inner.type, expression: `_s.${inner.sql}` }];
    const outer = own.get(name);
    return outer ? [{ name, type: outer.type, expression: `_o.${outer.sql}` }] : [];
  });
  const needsOuter = columns.some((column) => column.expression.startsWith('_o.'));
  const from = needsOuter ? `${result.from} AS _s JOIN ${rows.from} AS _o ON _s.${id} = _o.${id}` : `${result.from} AS _s`;
  const order = context.input.ordered ? { tail: `ORDER BY _s.${id}`, ordered: true } : {};
  return context.translation.select(columns, from, order);
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment } = context;
  if (context.input.partition !== undefined)
    return translation.refuse(
      'construct-unsupported',
      { what: 'mv-apply inside mv-apply or partition is not supported by this engine.' },
      { node, environment },
    );
  const { rows, id } = numbered(context);
  const inner: OperatorContext = { ...context, input: rows, scope: { ...context.scope, row: rows } };
  const limitNode = node.part('RowLimitClause')?.part('RowLimit');
  const limit = limitNode && wholeConstant(limitNode, 'The limit of mv-apply', context);
  const expansions = expansionsOf(node, inner, { pairs: false, limit });
  const elements = expanded(expansions, inner, optionsOf(node).get('with_itemindex')?.name);
  const result = translation.pipeline(node.need('Subquery').need('Expression'), { input: elements, environment });
  const replaced = new Set(expansions.filter((expansion) => expansion.replaces).map((expansion) => expansion.name));
  return recombined(node, { rows, id, result, replaced }, context);
}

/** T | mv-apply x = list to typeof(t) on (sub-query): the sub-query runs over the elements of each row by itself. */
export const mvApply: OperatorRow = { name: 'mv-apply', rule: 'R-57', support: exact, emit };
