import type { SyntaxNode } from '../bind/syntax-node';
import type { Relation, RelationColumn } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { outputs } from '../translate/outputs';
import { boundColumns, exact, type OperatorContext, type OperatorRow } from './operator-row';
import { wildcard } from './union';
import { hosting, windowSteps } from './windows';

/** The columns an expression list gives, named by the binder. */
export function projected(node: SyntaxNode, items: readonly SyntaxNode[], context: OperatorContext): Relation {
  const { translation, input, scope } = context;
  const windows = hosting(scope);
  const values = items.flatMap((item) => outputs(item, windows.scope));
  const bound = boundColumns(node);
  const columns: NewColumn[] = values.map((value, index) => ({
    name: bound[index]?.name ?? `Column${index + 1}`,
    type: value.type,
    expression: value.sql,
    parsed: value.parsed,
  }));
  const { from, tail } = windowSteps(windows.host, input, translation);
  return translation.select(columns, { ...input, from }, { tail, ordered: input.ordered });
}

export const project: OperatorRow = {
  name: 'project',
  rule: 'R-8',
  support: exact,
  emit: (node, context) => projected(node, node.list('Expressions'), context),
};

/** The input's columns under the names, and in the order, that the binder gives; `origin` tells where each comes from. */
function rearranged(node: SyntaxNode, context: OperatorContext, origin: (name: string) => string): Relation {
  const { translation, input } = context;
  const byName = new Map<string, RelationColumn>(input.columns.map((column) => [column.name, column]));
  const columns = boundColumns(node).flatMap(({ name }): NewColumn[] => {
    const source = byName.get(origin(name));
    return source ? [{ name, type: source.type, expression: source.sql }] : [];
  });
  return translation.select(columns, input, { ordered: input.ordered });
}

const same = (name: string): string => name;
const kept = (name: string): OperatorRow => ({
  name,
  rule: 'R-8',
  support: exact,
  emit: (node, context) => rearranged(node, context, same),
});

/** Whether a column is one of the names and patterns of an operator; undefined where it has other expressions. */
function namedBy(node: SyntaxNode): ((name: string) => boolean) | undefined {
  const names = node.list('Expressions').map((item) => (item.kind === 'NameReference' ? item.name : ''));
  if (names.length === 0 || names.includes('')) return undefined;
  const patterns = names.filter((name) => name.includes('*')).map(wildcard);
  return (name) => names.includes(name) || patterns.some((pattern) => pattern.test(name));
}

/** The columns that are named, or those that are not, in the order they have. */
const filtered = (name: string, keeps: boolean): OperatorRow => ({
  name,
  rule: 'R-8',
  support: exact,
  emit: (node, context) => {
    const named = namedBy(node);
    if (!named) return rearranged(node, context, same);
    const { translation, input } = context;
    const columns = input.columns.filter((column) => named(column.name) === keeps);
    return translation.select(
      columns.map((column) => ({ ...column, expression: column.sql })),
      input,
      { ordered: input.ordered },
    );
  },
});

export const projectAway = filtered('project-away', false);
export const projectKeep = filtered('project-keep', true);
export const projectReorder = kept('project-reorder');
export const projectByNames = kept('project-by-names');

/** T | project-rename new = old */
export const projectRename: OperatorRow = {
  name: 'project-rename',
  rule: 'R-8',
  support: exact,
  emit: (node, context) => {
    const renamed = new Map<string, string>();
    for (const item of node.list('Expressions')) {
      if (item.kind === 'SimpleNamedExpression') renamed.set(item.need('Name').name, item.need('Expression').name);
    }
    return rearranged(node, context, (name) => renamed.get(name) ?? name);
  },
};
