import { csvText } from '../../kusto/results/csv-sql';
import { recordJson } from './record-json';
import type { AuditRecord } from './seal';

const columns = [
  'seq',
  'time',
  'action',
  'person',
  'username',
  'person_tenant_id',
  'person_object_id',
  'run_id',
  'own_data',
  'rows',
  'facts',
  'query',
  'hash',
] as const;

const csvLine = (record: AuditRecord): string =>
  [
    String(record.seq),
    new Date(record.at).toISOString(),
    record.action,
    record.actor_name ?? '',
    record.actor_username ?? '',
    record.actor_tenant_id ?? '',
    record.actor_object_id ?? '',
    record.run_id ?? '',
    String(record.own_data),
    record.row_count === null ? '' : String(record.row_count),
    record.facts,
    record.query ?? '',
    record.hash,
  ]
    .map((field) => csvText(field, { safe: true }))
    .join(',');

/** CSV by RFC 4180; text that a spreadsheet would run as a formula is made harmless. */
async function* asCsv(batches: AsyncIterable<readonly AuditRecord[]>): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for await (const batch of batches) yield batch.map((record) => `${csvLine(record)}\r\n`).join('');
}

async function* asNdjson(batches: AsyncIterable<readonly AuditRecord[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((record) => `${JSON.stringify(recordJson(record))}\n`).join('');
}

/** The trail as files, streamed. */
export const exportFormats = {
  csv: { type: 'text/csv; charset=utf-8', texts: asCsv },
  ndjson: { type: 'application/x-ndjson; charset=utf-8', texts: asNdjson },
} as const;

export type ExportFormat = keyof typeof exportFormats;
