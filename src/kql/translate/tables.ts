import type { Table } from '../schema';
import { sqlName } from './literal';
import { physicalColumns, type Relation } from './relation';
import type { Translation } from './translation';

/** A table of the schema, in the form in which files hold it: decimals are exact text there. */
export function tableRelation(table: Table, translation: Translation): Relation {
  translation.usesTable(table.name);
  const columns = physicalColumns(table.columns);
  const base: Relation = { from: sqlName(table.name), columns, ordered: false, source: table.name };
  if (!columns.some((column) => column.type === 'decimal')) return base;
  const list = columns.map((column) => (column.type === 'decimal' ? `CAST(${column.sql} AS DECIMAL(38,18)) AS ${column.sql}` : column.sql));
  return translation.step(`SELECT ${list.join(', ')} FROM ${base.from}`, columns, { source: table.name });
}
