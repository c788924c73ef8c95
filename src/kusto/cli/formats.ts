import type { Column } from '../../kql/schema';
import type { Format } from './options';
import { cellText, splitRow } from './wire-row';

/** Turns rows in wire form into running text; `open` and `close` frame it. */
export interface RowFormat {
  open(columns: readonly Column[]): string;
  rows(columns: readonly Column[], batch: readonly string[]): string;
  close(): string;
}

const csvField = (text: string): string => (/[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text);
const csvLine = (fields: readonly string[]): string => `${fields.map(csvField).join(',')}\r\n`;

const csv: RowFormat = {
  open: (columns) => csvLine(columns.map((column) => column.name)),
  rows: (columns, batch) =>
    batch.map((row) => csvLine(splitRow(row).map((cell, index) => cellText(cell, columns[index]?.type ?? 'string')))).join(''),
  close: () => '',
};

const asObject = (columns: readonly Column[], row: string): string =>
  `{${splitRow(row)
    .map((cell, index) => `${JSON.stringify(columns[index]?.name ?? '')}:${cell}`)
    .join(',')}}`;

const ndjson: RowFormat = {
  open: () => '',
  rows: (columns, batch) => batch.map((row) => `${asObject(columns, row)}\n`).join(''),
  close: () => '',
};

/** One document in the shape of a batch answer. */
const json = (): RowFormat => {
  let first = true;
  return {
    open: (columns) => `{"columns":${JSON.stringify(columns)},"rows":[`,
    rows: (_columns, batch) => {
      const lines = batch.map((row, index) => `${first && index === 0 ? '' : ','}\n${row}`);
      first = first && batch.length === 0;
      return lines.join('');
    },
    close: () => '\n]}\n',
  };
};

/** How rows of a format other than `table` are written. */
export const rowFormat = (format: Exclude<Format, 'table'>): RowFormat => ({ csv: () => csv, ndjson: () => ndjson, json })[format]();
