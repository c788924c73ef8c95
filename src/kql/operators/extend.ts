import type { SyntaxNode } from '../bind/syntax-node';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { outputs, statedNames } from '../translate/outputs';
import { boundColumns, exact, type OperatorContext, type OperatorRow } from './operator-row';
import { hosting, windowSteps } from './windows';

/** The names of an item's columns: stated, or the one that a single value implies. */
function namesOf(item: SyntaxNode, columns: readonly NewColumn[]): readonly (string | undefined)[] {
  const stated = statedNames(item);
  if (stated.length > 0 || item.type?.kind === 'tuple') return stated;
  if (item.kind !== 'FunctionCallExpression' || !/^column_?ifexists$/.test(item.name)) return [item.impliedName];
  const asked = item.part('ArgumentList')?.list('Expressions')[0]?.raw;
  return [columns.find((column) => column.name === asked)?.name];
}

/** Columns that an expression list adds or replaces, over the input. Names come from the binder. */
export function extendedBy(node: SyntaxNode, items: readonly SyntaxNode[], context: OperatorContext): Relation {
  const { translation, input, scope } = context;
  const windows = hosting(scope);
  const columns: NewColumn[] = input.columns.map((column) => ({ name: column.name, type: column.type, expression: column.sql }));
  const added: number[] = [];
  for (const item of items) {
    const names = namesOf(item, columns);
    for (const [index, value] of outputs(item, windows.scope).entries()) {
      const name = names[index];
      const at = name === undefined ? -1 : columns.findIndex((column) => column.name === name);
      const place = at < 0 ? columns.length : at;
      if (at < 0) added.push(place);
      columns[place] = { name: name ?? '', type: value.type, expression: value.sql, parsed: value.parsed };
    }
  }
  const bound = boundColumns(node).slice(-added.length);
  for (const [index, place] of added.entries()) {
    const column = columns[place] as NewColumn;
    columns[place] = { ...column, name: column.name || (bound[index]?.name ?? `Column${place + 1}`) };
  }
  const { from, tail } = windowSteps(windows.host, input, translation);
  return translation.select(columns, { ...input, from }, { tail, ordered: input.ordered });
}

/** T | extend name = expression: a name that exists is replaced in its place. */
export const extend: OperatorRow = {
  name: 'extend',
  rule: 'R-7',
  support: exact,
  emit: (node, context) => extendedBy(node, node.list('Expressions'), context),
};

/** T | serialize [name = expression]: from here row order has meaning. */
export const serialize: OperatorRow = {
  name: 'serialize',
  rule: 'R-56',
  support: exact,
  emit: (node, context) => {
    const ordered: OperatorContext = { ...context, input: { ...context.input, ordered: true } };
    const items = node.list('Expressions');
    return items.length === 0 ? ordered.input : extendedBy(node, items, ordered);
  },
};
