import type { Column, KqlType } from '../../../kql/schema';
import { huntingBackingTables, huntingTable } from '../../../kql/hunting-schema';

/** The shape of a raw file, and of the two steps that make a store-form file from it. */
export interface RawTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: 'long' | 'string' | 'bool' | 'int' | 'real' }[];
}

/** A hunting table's columns; none where there is no such table. */
export const columnsOf = (table: string): readonly Column[] =>
  (huntingTable(table) ?? huntingBackingTables.find(({ name }) => name === table))?.columns ?? [];

const rawType = (type: KqlType): 'long' | 'string' | 'bool' | 'int' | 'real' => {
  if (type === 'datetime' || type === 'timespan' || type === 'long') return 'long';
  return type === 'bool' || type === 'int' || type === 'real' ? type : 'string';
};

/** The raw form of an event table: its references and the fields that were written. */
export const rawTable = (table: string, fields: ReadonlySet<string>): RawTable => ({
  name: table,
  columns: [
    ...['t', 'd', 'r', 'p', 'f', 'c'].map((name) => ({ name, type: 'long' as const })),
    ...columnsOf(table)
      .filter(({ name }) => fields.has(name))
      .map(({ name, type }) => ({ name, type: rawType(type) })),
  ],
});
