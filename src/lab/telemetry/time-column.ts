import type { Column, Table } from '../../kql/schema';

const names = ['Timestamp', 'ActivityTimestamp', 'TimeGenerated'];

/** The column that says when a row happened: Timestamp, or what a few tables have in its place. */
export const timeColumn = (table: Table): Column | undefined =>
  names
    .map((name) => table.columns.find((column) => column.name === name && column.type === 'datetime'))
    .find((column) => column !== undefined);
