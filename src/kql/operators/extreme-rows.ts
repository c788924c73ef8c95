import type { SyntaxNode } from '../bind/syntax-node';
import type { Expression } from '../translate/expression';
import { columnExpression } from '../translate/names';
import { unnamed } from '../translate/outputs';
import type { Relation } from '../translate/relation';
import { sqlConstant } from '../translate/literal';
import type { NewColumn } from '../translate/translation';
import { isAggregate } from '../translate/aggregate-calls';
import type { Grouping } from './summarize';
import type { OperatorContext } from './operator-row';

/** A call of arg_max, arg_min, take_any or any: the values of one row of each group. */
export interface Extreme {
  readonly by: Expression;
  readonly descending: boolean;
  /** take_any: any row does. */
  readonly any: boolean;
  readonly values: readonly Expression[];
}

const kinds: Readonly<Record<string, 'max' | 'min' | 'any'>> = {
  arg_max: 'max',
  argmax: 'max',
  arg_min: 'min',
  argmin: 'min',
  take_any: 'any',
  any: 'any',
  anyif: 'any',
  take_anyif: 'any',
};

const referenced = (nodes: readonly SyntaxNode[]): Set<string> =>
  new Set(nodes.map(unnamed).flatMap((node) => (node.kind === 'NameReference' ? [node.name] : [])));

/** The columns that `*` stands for: all but the group keys and the argument itself. */
function starColumns(node: SyntaxNode, grouping: Grouping, context: OperatorContext): Expression[] {
  const args = node.need('ArgumentList').list('Expressions');
  const hidden = referenced([...grouping.keyNodes, ...args]);
  return context.input.columns.filter((column) => !hidden.has(column.name)).map(columnExpression);
}

/** The call as one of the row-picking aggregates; undefined for another expression. */
export function extremeOf(node: SyntaxNode, grouping: Grouping, context: OperatorContext): Extreme | undefined {
  const kind = isAggregate(node) ? kinds[node.name] : undefined;
  const args = node.part('ArgumentList')?.list('Expressions') ?? [];
  if (!kind || node.name.endsWith('if') || (kind === 'any' && args.length === 1 && args[0]?.kind !== 'StarExpression')) return undefined;
  const values = args.flatMap((argument) =>
    argument.kind === 'StarExpression' ? starColumns(node, grouping, context) : [context.translation.scalar(argument, context.scope)],
  );
  const [by] = values;
  return by && { by, values, descending: kind === 'max', any: kind === 'any' };
}

const sure = (sql: string, value: Expression): string => (value.type === 'string' ? `coalesce(${sql}, '')` : sql);

/** Beside other aggregates: one aggregate a column. A group whose argument is always null still gives a row's values. */
export function extremeColumns(extreme: Extreme): Expression[] {
  if (extreme.any) return extreme.values.map((value) => ({ sql: sure(`first(${value.sql})`, value), type: value.type }));
  const name = extreme.descending ? 'arg_max_null' : 'arg_min_null';
  const { by } = extreme;
  return extreme.values.map((value, index) => {
    if (index === 0) return { sql: sure(`${extreme.descending ? 'max' : 'min'}(${by.sql})`, value), type: value.type };
    const picked = `${name}(${value.sql}, ${by.sql})`;
    const sql = by.type === 'string' ? picked : `CASE WHEN count(${by.sql}) = 0 THEN first(${value.sql}) ELSE ${picked} END`;
    return { sql: sure(`(${sql})`, value), type: value.type };
  });
}

/** Alone: the row itself, by a window over the group, or by a top 1 where there are no keys. */
export function extremeRows(
  extreme: Extreme,
  columns: readonly NewColumn[],
  parts: { grouping: Grouping; context: OperatorContext },
): Relation {
  const { translation, input } = parts.context;
  const order = `ORDER BY ${extreme.by.sql} ${extreme.descending ? 'DESC' : 'ASC'} NULLS LAST`;
  const keys = [...parts.grouping.keys.map((key) => key.sql), ...(input.partition === undefined ? [] : [input.partition])];
  if (keys.length > 0)
    return translation.select(columns, input, { tail: `QUALIFY row_number() OVER (PARTITION BY ${keys.join(', ')} ${order}) = 1` });
  const found = translation.select(columns, input.from, { tail: `${order} LIMIT 1` });
  const filled = found.columns.map((column) => ({
    ...column,
    expression: column.type === 'string' ? `coalesce(${column.sql}, ${sqlConstant(null, 'string')})` : column.sql,
  }));
  return translation.select(filled, `(SELECT 1) LEFT JOIN ${found.from} ON true`);
}
