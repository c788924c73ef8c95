import type { SyntaxNode } from '../../bind/syntax-node';
import { columnOf } from '../../translate/names';
import { sqlConstant } from '../../translate/literal';
import { qualified, type Relation } from '../../translate/relation';
import type { NewColumn } from '../../translate/translation';
import { boundColumns, type OperatorContext } from '../operator-row';
import { backingTable } from './backing-table';

const maxRows = 1000n;
const defaultRows = 100n;

/** The column a hunting function is told to read: its bare name, its name in quotes, or the function's own default. */
export function namedColumn(argument: SyntaxNode | undefined, otherwise: string, context: OperatorContext): string {
  if (!argument) return otherwise;
  if (argument.kind === 'NameReference' && columnOf(context.input, argument.name)) return argument.name;
  const value = context.translation.scalar(argument, { ...context.scope, row: undefined }).constant?.value;
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/**
 * T | invoke FileProfile(column, n): the input's columns and what is known of the file. Rows after the first n, and rows without a hash,
 * keep empty values and an empty ProfileAvailability.
 */
export function fileProfile(call: SyntaxNode, node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input } = context;
  const [first, second] = call.need('ArgumentList').list('Expressions');
  const name = namedColumn(first, 'SHA1', context);
  const column = columnOf(input, name);
  if (!column) return translation.refuse('name-unresolved', { name }, { node: call, environment });
  const asked = second ? translation.scalar(second, { translation, environment }).constant?.value : defaultRows;
  const limit = typeof asked === 'bigint' && asked > 0n ? (asked > maxRows ? maxRows : asked) : defaultRows;
  const profiles = backingTable('_FileProfiles', translation);
  const key = /SHA256/i.test(name) ? '"SHA256"' : '"SHA1"';
  const position = translation.fresh('n');
  const rows = translation.step(`SELECT *, row_number() OVER () AS ${position} FROM ${input.from}`, input.columns);
  const usable = `_l.${position} <= ${limit} AND _l.${column.sql} <> ''`;
  const values = [
    ...qualified(input.columns, '_l').map((own) => ({ type: own.type, expression: own.sql })),
    ...qualified(profiles.columns, '_r').map((added) => ({
      type: added.type,
      expression: added.type === 'string' ? `coalesce(${added.sql}, '')` : added.sql,
    })),
    { type: 'string' as const, expression: `CASE WHEN NOT (${usable}) THEN '' WHEN _r.${key} IS NULL THEN 'Missing' ELSE 'Available' END` },
  ];
  const bound = boundColumns(node);
  const columns: NewColumn[] = values.map((value, index) => ({ ...value, name: bound[index]?.name ?? `Column${index + 1}` }));
  const unique = translation.step(
    `SELECT * FROM ${profiles.from} WHERE ${key} <> ${sqlConstant('', 'string')} QUALIFY row_number() OVER (PARTITION BY lower(${key})) = 1`,
    profiles.columns,
  );
  return translation.select(
    columns,
    `${rows.from} AS _l LEFT JOIN ${unique.from} AS _r ON ${usable} AND lower(_l.${column.sql}) = lower(_r.${key})`,
    { ordered: false },
  );
}
