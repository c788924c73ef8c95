import { huntingAliases } from '../hunting-schema';
import type { SyntaxNode } from '../bind/syntax-node';
import type { Column } from '../schema';
import { sqlConstant, sqlString } from '../translate/literal';
import { physicalColumns, selected, type Relation } from '../translate/relation';
import { tableRelation } from '../translate/tables';
import { boundColumns, exact, optionsOf, type OperatorContext, type OperatorRow } from './operator-row';

/** The names that a pattern with stars stands for. */
export const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

/** Tables of the schema and views of the query whose name fits a pattern. */
export function matchingTables(
  pattern: string,
  context: Pick<OperatorContext, 'translation' | 'environment'>,
): { name: string; relation: () => Relation }[] {
  const { translation, environment } = context;
  const fits = wildcard(pattern);
  const tables = translation.schema.tables
    .filter((table) => fits.test(table.name) && !table.name.startsWith('_') && !Object.hasOwn(huntingAliases, table.name))
    .map((table) => ({ name: table.name, relation: () => tableRelation(table, translation) }));
  const views = [...new Set(environment.names())].flatMap((name) => {
    const binding = environment.lookup(name);
    if (!fits.test(name) || binding?.kind !== 'function' || !binding.view) return [];
    return [{ name, relation: () => translation.inlineView(name, environment) }];
  });
  return [...tables, ...views];
}

/** What an arm starts from, inside its brackets and before its operators. */
function sourceOf(arm: SyntaxNode): SyntaxNode {
  return arm.kind === 'ParenthesizedExpression' || arm.kind === 'PipeExpression' ? sourceOf(arm.need('Expression')) : arm;
}

function armsOf(node: SyntaxNode, fuzzy: boolean, context: OperatorContext): Relation[] {
  const { translation, environment } = context;
  return node.list('Expressions').flatMap((arm) => {
    if (arm.kind === 'NameReference' && arm.name.includes('*')) return matchingTables(arm.name, context).map(({ relation }) => relation());
    const source = sourceOf(arm);
    const known = arm.type?.kind === 'table' && (source.kind !== 'NameReference' || source.symbol !== undefined);
    return fuzzy && !known ? [] : [translation.tabular(arm, environment)];
  });
}

/** Columns of all arms in order of appearance; the same name with different types becomes name_type. */
function unionColumns(arms: readonly Relation[], inner: boolean): Column[] {
  const found: Column[] = [];
  for (const arm of arms) {
    for (const { name, type } of arm.columns)
      if (!found.some((column) => column.name === name && column.type === type)) found.push({ name, type });
  }
  return inner
    ? found.filter(({ name, type }) => arms.every((arm) => arm.columns.some((column) => column.name === name && column.type === type)))
    : found;
}

/** A name with a type gives way to a column that has that name by itself: x_long1 beside x_long. */
function resultNames(columns: readonly Column[]): string[] {
  const clashes = ({ name, type }: Column): boolean => columns.some((other) => other.name === name && other.type !== type);
  const taken = new Set(columns.filter((column) => !clashes(column)).map((column) => column.name));
  return columns.map((column) => {
    if (!clashes(column)) return column.name;
    const wanted = `${column.name}_${column.type}`;
    let name = wanted;
    for (let turn = 1; taken.has(name); turn += 1) name = `${wanted}${turn}`;
    taken.add(name);
    return name;
  });
}

/** Stacks relations as union does. */
export function stacked(
  arms: readonly Relation[],
  options: { inner: boolean; source?: string | undefined },
  context: Pick<OperatorContext, 'translation'>,
): Relation {
  const columns = unionColumns(arms, options.inner);
  const names = resultNames(columns);
  const head: Column[] = options.source === undefined ? [] : [{ name: options.source, type: 'string' }];
  const physical = physicalColumns([...head, ...columns.map(({ type }, index) => ({ name: names[index] as string, type }))]);
  const selects = arms.map((arm, position) => {
    const values = columns.map(
      ({ name, type }) => arm.columns.find((column) => column.name === name && column.type === type)?.sql ?? sqlConstant(null, type),
    );
    const all = [...(options.source === undefined ? [] : [sqlString(arm.source ?? `union_arg${position}`)]), ...values];
    return `SELECT ${all.map((value, index) => selected(value, physical[index]?.sql ?? '')).join(', ') || 'NULL AS _'} FROM ${arm.from}`;
  });
  return context.translation.step(selects.join('\nUNION ALL\n'), physical);
}

/** union [kind=] [withsource=] [isfuzzy=] T1, T2, ... also after a pipe. */
export const union: OperatorRow = {
  name: 'union',
  rule: 'R-29',
  support: exact,
  emit: (node, context) => {
    const options = optionsOf(node);
    const fuzzy = options.get('isfuzzy')?.text.toLowerCase() === 'true';
    const piped = context.input.columns.length > 0 ? [context.input] : [];
    const arms = [...piped, ...armsOf(node, fuzzy, context)];
    const source = options.get('withsource') ?? options.get('with_source');
    if (arms.length === 0) return context.translation.step(`SELECT NULL AS _ WHERE false`, physicalColumns(boundColumns(node).slice(0, 0)));
    return stacked(arms, { inner: options.get('kind')?.text.toLowerCase() === 'inner', source: source?.name || undefined }, context);
  },
};
