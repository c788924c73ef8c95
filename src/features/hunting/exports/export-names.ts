import { ledgerOf, rowsOf, worse } from '../runs/ledger';
import { reasonsOf } from '../runs/run-json';
import type { RunWithSlices } from '../runs/stored-runs';
import { sheetRowLimit } from '../workbook/cell';

export type ExportFormat = 'csv' | 'json' | 'ndjson' | 'parquet' | 'xlsx' | 'zip';

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  zip: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** What a format cannot hold of so many rows. */
const leftOutBy = (format: ExportFormat, rows: number): string | null =>
  format === 'xlsx' && rows > sheetRowLimit - 1 ? `A sheet holds ${sheetRowLimit - 1} of the ${rows} rows.` : null;

/** The headers of an export: its file's name and `X-Result-Complete` say when it is not whole. Times are UTC. */
export const exportHeaders = (found: RunWithSlices, format: ExportFormat): Readonly<Record<string, string>> => {
  const ledger = ledgerOf(found.run, found.slices);
  const leftOut = leftOutBy(format, rowsOf(found.slices));
  const verdict = leftOut === null ? ledger.verdict : worse(ledger.verdict, 'partial');
  const complete = verdict === 'complete';
  const when = new Date(found.run.createdAt).toISOString().slice(0, 19).replaceAll(':', '');
  const name = `${complete ? '' : 'incomplete-'}quarry-${when}Z-${found.run.id.slice(0, 8)}.${format}`;
  const reasons = [...reasonsOf(found.run, ledger), ...(leftOut === null ? [] : [leftOut])];
  return {
    'Content-Type': mediaTypes[format],
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Result-Complete': String(complete),
    'X-Result-Verdict': verdict,
    'X-Result-Ledger': `/hunting/runs/${found.run.id}/ledger.json`,
    ...(reasons.length === 0 ? {} : { 'X-Result-Reasons': encodeURIComponent(reasons.join('; ').slice(0, 500)) }),
  };
};
