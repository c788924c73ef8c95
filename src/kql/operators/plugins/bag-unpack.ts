import type { SyntaxNode } from '../../bind/syntax-node';
import type { Column, KqlType } from '../../schema';
import { converted } from '../../translate/conversion';
import { sqlString } from '../../translate/literal';
import { columnOf } from '../../translate/names';
import type { Relation } from '../../translate/relation';
import type { NewColumn } from '../../translate/translation';
import { exact, type OperatorContext } from '../operator-row';
import type { PluginRow } from '../evaluate';
import { outputSchema } from './output-schema';

interface Unpacking {
  readonly bag: string;
  readonly bagName: string;
  readonly prefix: string;
  readonly conflict: string;
  readonly ignored: ReadonlySet<string>;
}

function argumentsOf(call: SyntaxNode, context: OperatorContext): Unpacking {
  const { translation, environment, input, scope } = context;
  const parts = call.need('ArgumentList').list('Expressions');
  const named = new Map<string, SyntaxNode>();
  parts.forEach((part, index) => {
    const name =
      part.kind === 'SimpleNamedExpression'
        ? part.need('Name').name
        : (['bag', 'OutputColumnPrefix', 'columnsConflict', 'ignoredProperties'][index] ?? '');
    named.set(name, part.kind === 'SimpleNamedExpression' ? part.need('Expression') : part);
  });
  const [bag] = parts;
  const column = columnOf(input, bag?.name ?? '');
  if (!bag || !column) return translation.refuse('name-unresolved', { name: bag?.text ?? '' }, { node: call, environment });
  const constant = (name: string): string => {
    const node = named.get(name);
    return node ? String(translation.scalar(node, scope).constant?.value ?? '') : '';
  };
  const ignored = constant('ignoredProperties');
  return {
    bag: column.sql,
    bagName: column.name,
    prefix: constant('OutputColumnPrefix'),
    conflict: constant('columnsConflict') || 'error',
    ignored: new Set(ignored ? (JSON.parse(ignored) as string[]) : []),
  };
}

const jsonTypes: Readonly<Record<string, KqlType>> = {
  BOOLEAN: 'bool',
  BIGINT: 'long',
  UBIGINT: 'long',
  HUGEINT: 'long',
  DOUBLE: 'real',
  VARCHAR: 'string',
};

/** The type of a property over all rows: the one it always has, real for mixed numbers, dynamic for a mixture. */
function commonType(types: readonly string[]): KqlType {
  const found = new Set(types.filter((type) => type !== 'NULL').map((type) => jsonTypes[type] ?? 'dynamic'));
  if (found.size === 1) return [...found][0] as KqlType;
  return found.size > 0 && [...found].every((type) => type === 'long' || type === 'real')
    ? 'real'
    : found.size === 0
      ? 'dynamic'
      : 'dynamic';
}

const pointer = (key: string): string => `'/' || replace(replace(${key}, '~', '~0'), '/', '~1')`;

/** Names and types of the properties of all bags, one "name<TAB>types" a row. */
function properties(unpacking: Unpacking, context: OperatorContext): Map<string, KqlType> {
  const keys = `SELECT ${unpacking.bag} AS b, unnest(json_keys(${unpacking.bag})) AS k FROM ${context.input.from} WHERE json_type(${unpacking.bag}) = 'OBJECT'`;
  const rows = context.translation.ask(
    `SELECT k || chr(9) || string_agg(DISTINCT json_type(json_extract(b, ${pointer('k')})), ',') AS v FROM (${keys}) GROUP BY k ORDER BY k`,
  );
  return new Map(
    rows.map((row) => {
      const at = row.lastIndexOf('\t');
      return [row.slice(0, at), commonType(row.slice(at + 1).split(','))] as const;
    }),
  );
}

/** Kusto raises an error where a property has the name of a column, unless told which of them to keep. */
function refuseClash(names: ReadonlySet<string>, found: readonly Column[], at: { call: SyntaxNode; context: OperatorContext }): void {
  const { translation, environment } = at.context;
  const clash = found.find((column) => names.has(column.name));
  const what = `bag_unpack: the property '${clash?.name}' has the name of a column.`;
  const hint = "Give a prefix as the second argument, or columnsConflict='keep_source' or 'replace_source'.";
  if (clash) translation.refuse('semantic-type', { what, hint }, { node: at.call, environment });
}

function discovered(unpacking: Unpacking, call: SyntaxNode, context: OperatorContext): Column[] {
  const own = context.input.columns.filter((column) => column.name !== unpacking.bagName);
  const found = [...properties(unpacking, context)]
    .filter(([key]) => !unpacking.ignored.has(key))
    .map(([key, type]) => ({ name: unpacking.prefix + key, type }));
  if (unpacking.conflict === 'error') refuseClash(new Set(own.map((column) => column.name)), found, { call, context });
  const taken = new Map(found.map((column) => [column.name, column]));
  const kept = own.filter((column) => !(unpacking.conflict === 'replace_source' && taken.has(column.name)));
  const names = new Set(kept.map((column) => column.name));
  return [...kept, ...found.filter((column) => !names.has(column.name))];
}

function emit(call: SyntaxNode, node: SyntaxNode, context: OperatorContext): Relation {
  const { input, translation } = context;
  const unpacking = argumentsOf(call, context);
  const schema = outputSchema(node, context, () => discovered(unpacking, call, context));
  const columns = schema.map(({ name, type }): NewColumn => {
    const own = name === unpacking.bagName ? undefined : columnOf(input, name);
    if (own && unpacking.conflict !== 'replace_source') return { name, type: own.type, expression: own.sql };
    const key = name.startsWith(unpacking.prefix) ? name.slice(unpacking.prefix.length) : name;
    const value = `json_extract(${unpacking.bag}, ${sqlString(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)})`;
    return { name, type, expression: converted({ sql: value, type: 'dynamic' }, type).sql };
  });
  return translation.select(columns, input, { ordered: input.ordered });
}

/** evaluate bag_unpack(bag [, prefix, columnsConflict, ignoredProperties]) (R-38): columns from the data, in alphabetical order. */
export const bagUnpack: PluginRow = { name: 'bag_unpack', rule: 'R-38', support: exact, emit };
