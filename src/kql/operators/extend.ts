import type { SyntaxNode } from '../bind/syntax-node';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { outputs, statedNames } from '../translate/outputs';
import { boundColumns, exact, type OperatorContext, type OperatorRow } from './operator-row';
import { hosting, windowSteps } from './windows';

/** Columns that an expression list adds or replaces, over the input. Names come from the binder. */
export function extendedBy(node: SyntaxNode, items: readonly SyntaxNode[], context: OperatorContext): Relation {
  const { translation, input, scope } = context;
  const windows = hosting(scope);
  const columns: NewColumn[] = input.columns.map((column) => ({ name: column.name, type: column.type, expression: column.sql }));
  const values = items.flatMap((item) => {
    const stated = statedNames(item);
    return outputs(item, windows.scope).map((value, index) => ({ value, name: stated[index] }));
  });
  const place = (name: string | undefined): number => (name === undefined ? -1 : columns.findIndex((column) => column.name === name));
  const added = values.filter(({ name }) => place(name) < 0);
  const fresh = boundColumns(node).slice(-added.length);
  for (const { value, name } of values) {
    const at = place(name);
    const next = fresh[added.findIndex((candidate) => candidate.value === value)]?.name;
    const column = { name: name ?? next ?? `Column${columns.length + 1}`, type: value.type, expression: value.sql };
    if (at >= 0) columns[at] = column;
    else columns.push(column);
  }
  const { from, tail } = windowSteps(windows.host, input, translation);
  return translation.select(columns, { from, partition: input.partition }, { tail, ordered: input.ordered });
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
