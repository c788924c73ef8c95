import type { SyntaxNode } from '../bind/syntax-node';
import { aggregateCall, aggregating, isAggregate } from '../translate/aggregate-calls';
import type { Expression } from '../translate/expression';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { unnamed } from '../translate/outputs';
import { extremeColumns, extremeOf, extremeRows, type Extreme } from './extreme-rows';
import { boundColumns, exact, type OperatorContext, type OperatorRow } from './operator-row';

export interface Grouping {
  readonly keys: readonly Expression[];
  readonly keyNodes: readonly SyntaxNode[];
}

/** The group keys of a by clause. */
export function groupingOf(node: SyntaxNode, context: OperatorContext): Grouping {
  const keyNodes = node.part('ByClause')?.list('Expressions') ?? [];
  return { keyNodes, keys: keyNodes.map((key) => context.translation.scalar(unnamed(key), context.scope)) };
}

/** The values of one item of the aggregate list: one, or one a column for arg_max(x, *) and percentiles(). */
function valuesOf(item: SyntaxNode, grouping: Grouping, context: OperatorContext): readonly Expression[] {
  const node = unnamed(item);
  const extreme = extremeOf(node, grouping, context);
  if (extreme) return extremeColumns(extreme);
  if (isAggregate(node)) return aggregateCall(node, context.scope);
  return [context.translation.scalar(node, aggregating(context.scope))];
}

/** One arg_max or arg_min and nothing else: the whole row is picked, which is far faster than an aggregate a column. */
function soleExtreme(items: readonly SyntaxNode[], grouping: Grouping, context: OperatorContext): Extreme | undefined {
  const [only] = items;
  return items.length === 1 && only ? extremeOf(unnamed(only), grouping, context) : undefined;
}

/** Where the engine names a result otherwise than the binder: both arguments, not the first alone. */
const twoArguments = new Set(['covariance', 'covarianceif', 'covariancep', 'covariancepif']);

function engineName(item: SyntaxNode | undefined): string | undefined {
  if (item?.kind !== 'FunctionCallExpression' || !twoArguments.has(item.name)) return undefined;
  const [first, second] = item.need('ArgumentList').list('Expressions');
  return first?.name && second?.name ? `${item.name}_${first.name}_${second.name}` : undefined;
}

const aggregates = (node: SyntaxNode): boolean => isAggregate(node) || node.children.some(aggregates);

/** Without keys there is one row, also where the query asks for constants only. */
const keyless = ({ keys }: Grouping, { input }: OperatorContext): boolean => keys.length === 0 && input.partition === undefined;

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, input } = context;
  const grouping = groupingOf(node, context);
  const items = node.list('Aggregates');
  const bound = boundColumns(node);
  const named = (values: readonly Expression[]): NewColumn[] =>
    values.map((value, index) => ({
      name: engineName(items[index - grouping.keys.length]) ?? bound[index]?.name ?? `Column${index + 1}`,
      type: value.type,
      expression: value.sql,
    }));
  if (items.length === 0) return translation.select(named(grouping.keys), input, { distinct: true });
  const extreme = soleExtreme(items, grouping, context);
  if (extreme && !extreme.any) return extremeRows(extreme, named([...grouping.keys, ...extreme.values]), { grouping, context });
  const values = items.flatMap((item) => valuesOf(item, grouping, context));
  if (keyless(grouping, context) && !items.some(aggregates))
    return translation.select(named(values), input, { tail: 'HAVING count(*) >= 0' });
  return grouped(named([...grouping.keys, ...values]), grouping, context);
}

/**
 * Groups come in no order, but over rows that the query itself writes the engine gives them as they first appear: kept there, where it
 * costs nothing, as the order shows in what follows.
 */
function grouped(columns: readonly NewColumn[], grouping: Grouping, { translation, input }: OperatorContext): Relation {
  const keys = [...grouping.keys.map((_, index) => String(index + 1)), ...(input.partition === undefined ? [] : [input.partition])];
  if (keys.length === 0) return translation.select(columns, input);
  const tail = `GROUP BY ${keys.join(', ')}`;
  if (translation.tables.size > 0 || input.partition !== undefined) return translation.select(columns, input, { tail });
  const position = translation.fresh('n');
  const numbered = translation.step(`SELECT *, row_number() OVER () AS ${position} FROM ${input.from}`, input.columns);
  return translation.select(columns, numbered, { tail: `${tail} ORDER BY min(${position})` });
}

/** T | summarize aggregates by keys. */
export const summarize: OperatorRow = { name: 'summarize', rule: 'R-24', support: exact, emit };
