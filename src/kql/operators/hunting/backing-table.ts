import type { Table } from '../../schema';
import { sqlConstant } from '../../translate/literal';
import { physicalColumns, type Relation } from '../../translate/relation';
import { tableRelation } from '../../translate/tables';
import type { Translation } from '../../translate/translation';
import { huntingBackingTables } from '../../hunting-schema';

/** The table behind an enrichment function; without rows where the dataset has none. */
export function backingTable(name: string, translation: Translation): Relation {
  const carried = translation.schema.tables.find((table) => table.name === name);
  if (carried) return tableRelation(carried, translation);
  const table = huntingBackingTables.find((candidate) => candidate.name === name) as Table;
  const columns = physicalColumns(table.columns);
  return translation.step(
    `SELECT ${columns.map((column) => `${sqlConstant(null, column.type)} AS ${column.sql}`).join(', ')} WHERE false`,
    columns,
  );
}
