import type { SyntaxNode } from '../bind/syntax-node';
import { scalarTypeNamed } from '../bind/type-names';
import type { KqlType } from '../schema';
import { converted } from '../translate/conversion';
import type { Expression } from '../translate/expression';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { statedNames, unnamed } from '../translate/outputs';
import { boundColumns, exact, optionsOf, wholeConstant, type OperatorContext, type OperatorRow } from './operator-row';

export interface Expansion {
  readonly list: string;
  readonly type: KqlType;
  /** The column it replaces or adds. */
  readonly name: string;
  readonly replaces: boolean;
}

/** What a dynamic value expands to: an array's elements, a bag's properties one by one, anything else itself; an array without elements gives no row (R-30). */
function elements(value: Expression, pairs: boolean): string {
  const x = value.sql;
  const member = `json_extract(${x}, '/' || replace(replace(_k, '~', '~0'), '/', '~1'))`;
  const property = pairs ? `json_array(_k, ${member})` : `json_object(_k, ${member})`;
  return `CASE json_type(${x}) WHEN 'ARRAY' THEN json_extract(${x}, '$[*]') WHEN 'OBJECT' THEN list_transform(json_keys(${x}), lambda _k: CAST(${property} AS JSON)) ELSE [CAST(${x} AS JSON)] END`;
}

/** The expressions of mv-expand and mv-apply as lists. */
export function expansionsOf(
  node: SyntaxNode,
  context: OperatorContext,
  options: { pairs: boolean; limit: bigint | undefined },
): Expansion[] {
  const { translation, input, scope } = context;
  // Of mv-apply the binder gives the result, of which these columns need not be a part.
  const fresh = node.kind === 'MvExpandOperator' ? boundColumns(node).slice(input.columns.length) : [];
  let added = 0;
  return node.list('Expressions').map((item) => {
    const expression = item.need('Expression');
    const value = translation.scalar(unnamed(expression), scope);
    const [stated] = statedNames(expression);
    const implied = stated ?? expression.impliedName;
    const replaces = input.columns.some((column) => column.name === implied);
    const bound = replaces ? undefined : fresh[added++]?.name;
    const typed = item.part('ToTypeOf')?.need('TypeOf').list('Types')[0]?.text;
    const list = value.type === 'dynamic' ? elements(value, options.pairs) : `[${converted(value, 'dynamic').sql}]`;
    return {
      list: options.limit === undefined ? `(${list})` : `list_slice(${list}, 1, ${options.limit})`,
      type: typed ? scalarTypeNamed(typed) : 'dynamic',
      name: stated ?? bound ?? implied ?? 'Column1',
      replaces,
    };
  });
}

/** What no text becomes in `to typeof()`: it casts, it does not read. What is no finite real stands in a dynamic as text. */
const unread: Partial<Record<KqlType, string>> = {
  bool: `'VARCHAR'`,
  int: `'VARCHAR'`,
  long: `'VARCHAR'`,
  real: `CASE WHEN json_extract_string(?, '$') IN ('NaN', 'Infinity', '-Infinity') THEN '' ELSE 'VARCHAR' END`,
};

/** An element in the type asked for; the JSON null of an array is null. */
function element(sql: string, type: KqlType): string {
  const without = type === 'dynamic' ? `'NULL'` : unread[type]?.replaceAll('?', sql);
  const value = type === 'dynamic' ? sql : converted({ sql, type: 'dynamic' }, type).sql;
  return without === undefined ? value : `(CASE WHEN json_type(${sql}) = ${without} THEN NULL ELSE ${value} END)`;
}

/** The rows of the expansions beside the input's columns; several lists go side by side, the shorter ones padded with null. */
export function expanded(expansions: readonly Expansion[], context: OperatorContext, index?: string): Relation {
  const { translation, input } = context;
  const names = expansions.map(() => translation.fresh('e'));
  const position = translation.fresh('i');
  const lists = expansions.map(() => translation.fresh('l'));
  const listed = translation.step(
    `SELECT *, ${expansions.map((expansion, at) => `${expansion.list} AS ${lists[at]}`).join(', ')} FROM ${input.from}`,
    input.columns,
  );
  const longest = lists.length === 1 ? `len(${lists[0]})` : `greatest(${lists.map((list) => `len(${list})`).join(', ')})`;
  const parts = [
    ...(index === undefined ? [] : [`unnest(range(0, ${longest})) AS ${position}`]),
    ...lists.map((list, at) => `unnest(${list}) AS ${names[at]}`),
  ];
  const rows = translation.step(`SELECT * EXCLUDE (${lists.join(', ')}), ${parts.join(', ')} FROM ${listed.from}`, input.columns);
  const columns: NewColumn[] = input.columns.map((column) => ({ name: column.name, type: column.type, expression: column.sql }));
  if (index !== undefined) columns.push({ name: index, type: 'long', expression: position });
  expansions.forEach((expansion, at) => {
    const column: NewColumn = { name: expansion.name, type: expansion.type, expression: element(names[at] as string, expansion.type) };
    const place = expansion.replaces ? columns.findIndex((candidate) => candidate.name === expansion.name) : -1;
    if (place >= 0) columns[place] = column;
    else columns.push(column);
  });
  return translation.select(columns, { from: rows.from, partition: input.partition }, { ordered: input.ordered });
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const options = optionsOf(node);
  const pairs = (options.get('kind') ?? options.get('bagexpansion'))?.text.toLowerCase() === 'array';
  const limitNode = node.part('RowLimitClause')?.part('RowLimit');
  const limit = limitNode && wholeConstant(limitNode, 'The limit of mv-expand', context);
  const index = options.get('with_itemindex');
  return expanded(expansionsOf(node, context, { pairs, limit }), context, index?.name);
}

/** T | mv-expand [kind=] [with_itemindex=] a, b to typeof(t) [limit n] (R-30). */
export const mvExpand: OperatorRow = { name: 'mv-expand', rule: 'R-30', support: exact, emit };
