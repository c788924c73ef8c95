import { currentColumnName, currentTableName, huntingBackingTables, huntingSchema, huntingTable } from '../../src/kql/hunting-schema';

const types = new Set(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'guid', 'dynamic']);
const every = [...huntingSchema.tables, ...huntingBackingTables];

test('every table has columns of known types, and no two that differ in case alone', () => {
  for (const table of every) {
    expect(table.columns.length).toBeGreaterThan(1);
    for (const column of table.columns) expect(types).toContain(column.type);
    expect(new Set(table.columns.map(({ name }) => name.toLowerCase())).size).toBe(table.columns.length);
  }
  expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
});

test('finds a table by its exact name', () => {
  expect(huntingTable('DeviceProcessEvents')?.columns).toHaveLength(68);
  expect(huntingTable('deviceprocessevents')).toBeUndefined();
  expect(huntingTable('constructor')).toBeUndefined();
});

test('keeps JSON columns as strings where the documentation does', () => {
  const type = (table: string) => huntingTable(table)?.columns.find(({ name }) => name === 'AdditionalFields')?.type;
  expect(type('DeviceEvents')).toBe('string');
  expect(type('IdentityLogonEvents')).toBe('dynamic');
});

test('knows both spellings of the Graph audit table', () => {
  expect(huntingTable('GraphAPIAuditEvents')?.columns).toEqual(huntingTable('GraphApiAuditEvents')?.columns);
});

test('gives the successor of a legacy name only', () => {
  expect(currentTableName('ProcessCreationEvents')).toBe('DeviceProcessEvents');
  expect(currentColumnName('EventTime')).toBe('Timestamp');
  expect(currentTableName('toString')).toBeUndefined();
  expect(currentColumnName('Timestamp')).toBeUndefined();
});
