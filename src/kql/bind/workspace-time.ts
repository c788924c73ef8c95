import { diagnose } from '../diagnostics/diagnose';
import type { Diagnostic } from '../diagnostics';
import { huntingTable } from '../hunting-schema';
import type { Schema, Table } from '../schema';
import { bindQuery } from './bridge';

const name = 'TimeGenerated';

const withCopy = (table: Table): Table => {
  const timed = table.columns.some((column) => column.name === 'Timestamp' && column.type === 'datetime');
  if (!timed || !huntingTable(table.name) || table.columns.some((column) => column.name === name)) return table;
  return { ...table, columns: [...table.columns, { name, type: 'datetime' }], copies: { [name]: 'Timestamp' } };
};

/** What a query is bound against, with what the analyst should know about it. */
export interface FittingSchema {
  readonly schema: Schema;
  readonly notes: readonly Diagnostic[];
}

/**
 * Advanced hunting's tables gain TimeGenerated in a tenant with a connected workspace, and many published queries filter by it. A query
 * that cannot be bound without that column is bound with it; every other query sees the tables as documented.
 */
export function schemaFor(query: string, schema: Schema): FittingSchema {
  if (!/\bTimeGenerated\b/.test(query)) return { schema, notes: [] };
  const missing = bindQuery(query, schema)?.findings.some((finding) => finding.code === 'KS142' && finding.message.includes(`'${name}'`));
  const tables = missing ? schema.tables.map(withCopy) : schema.tables;
  if (tables.every((table, index) => table === schema.tables[index])) return { schema, notes: [] };
  return { schema: { id: `${schema.id}+${name}`, tables }, notes: [diagnose('workspace-time', {})] };
}
