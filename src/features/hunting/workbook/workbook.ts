import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Column } from '../../../kql/schema';
import { cellOf, sheetRowLimit } from './cell';
import { splitRow } from '../kept/row-cells';
import { fixedParts, headerRow, sheetEnd, sheetRow, sheetStart } from './parts';

export interface WorkbookRequest {
  readonly columns: readonly Column[];
  /** JSON array texts in wire form, in batches. */
  readonly rows: AsyncIterable<readonly string[]>;
  /** What the second sheet says of the run: verdict, window, tenants, query ... */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

interface Written {
  rows: number;
  leftOut: number;
  cutCells: number;
}

/** A row's values; a dynamic one as the text it came in, because parsing would bend the numbers inside. */
const valuesReader = (columns: readonly Column[]): ((row: string) => readonly unknown[]) => {
  if (!columns.some(({ type }) => type === 'dynamic')) return (row) => JSON.parse(row) as unknown[];
  const valueOf = (json: string, at: number): unknown =>
    columns[at]?.type === 'dynamic' && /^[[{]/.test(json) ? json : (JSON.parse(json) as unknown);
  return (row) => splitRow(row).map(valueOf);
};

async function* resultSheet({ columns, rows }: WorkbookRequest, written: Written): AsyncGenerator<string> {
  const valuesOf = valuesReader(columns);
  yield sheetStart + headerRow(columns.map(({ name }) => name));
  for await (const batch of rows) {
    let xml = '';
    for (const text of batch) {
      if (written.rows >= sheetRowLimit - 1) {
        written.leftOut += 1;
        continue;
      }
      const values = valuesOf(text);
      const cells = columns.map(({ type }, at) => cellOf(values[at], type));
      written.rows += 1;
      written.cutCells += cells.filter(({ cut }) => cut).length;
      xml += sheetRow(
        written.rows + 1,
        cells.map((cell) => cell.xml),
      );
    }
    yield xml;
  }
  yield sheetEnd;
}

const limitsMet = ({ rows, leftOut, cutCells }: Written): [string, string][] => [
  ['Rows in this workbook', String(rows)],
  ...(leftOut > 0
    ? [['INCOMPLETE', `${leftOut} more rows do not fit into a sheet; export CSV, NDJSON or Parquet for all of them.`] as [string, string]]
    : []),
  ...(cutCells > 0
    ? [['Cut cells', `${cutCells} texts are longer than a cell may be and end after 32,767 characters.`] as [string, string]]
    : []),
];

function* ledgerSheet(facts: WorkbookRequest['facts'], written: Written): Generator<string> {
  yield sheetStart + headerRow(['Fact', 'Value']);
  for (const [index, line] of [...facts, ...limitsMet(written)].entries())
    yield sheetRow(
      index + 2,
      line.map((text) => cellOf(text, 'string').xml),
    );
  yield sheetEnd;
}

/**
 * A workbook (XLSX) as a stream, in constant memory: sheet *Results* with the rows, sheet *Ledger* with what is known of
 * their completeness and with every limit of the format that was met. Written here because the well-known libraries
 * build the whole workbook in memory. A failure of `rows` destroys the stream: a reader never gets a shorter file that opens.
 */
export const workbookStream = (request: WorkbookRequest): Readable => {
  const written: Written = { rows: 0, leftOut: 0, cutCells: 0 };
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const fail = (error: unknown): void => void output.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', fail);
  for (const [path, xml] of fixedParts) zip.addBuffer(Buffer.from(xml), path);
  const results = Readable.from(resultSheet(request, written));
  results.on('error', fail);
  output.once('close', () => results.destroy());
  zip.addReadStream(results, 'xl/worksheets/sheet1.xml');
  // Lazily: its last lines are known only when the first sheet has been written.
  zip.addReadStreamLazy('xl/worksheets/sheet2.xml', (done) => done(null, Readable.from(ledgerSheet(request.facts, written))));
  zip.end();
  return output;
};
