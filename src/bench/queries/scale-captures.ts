import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine';
import { identifier } from '../../engine/sql/quote';
import { huntingSchema } from '../../kql/hunting-schema';
import type { Column, Table } from '../../kql/schema';
import { openPlainFolder } from '../../kusto/dataset/plain-folder';
import { openStoreFolder, writeManifest, type StoreManifest } from '../../kusto/dataset/store-folder';
import type { Dataset } from '../../kusto/dataset/dataset';

const ticksPerMillisecond = 10_000n;
const ticksPerDay = 864_000_000_000n;
/** The copies are spread over this time, and each event moves by up to this much more. */
const spread = 30n * ticksPerDay;
const jitter = 400n * ticksPerMillisecond;

/** The name before the first dot gets the copy's number: `host.example` becomes `host-0007.example`. */
const renamed = (x: string): string =>
  `CASE WHEN ${x} = '' THEN '' ELSE split_part(${x}, '.', 1) || suffix || substr(${x}, length(split_part(${x}, '.', 1)) + 1) END`;

/** A domain user of each copy is a person of its own; accounts of the system and of one machine are not. */
const renamedUser = (x: string, domain: string): string =>
  `CASE WHEN ${x} <> '' AND lower(${domain}) = lower(split_part("DeviceName", '.', 2)) THEN ${x} || suffix ELSE ${x} END`;
const renamedUpn = (x: string): string =>
  `CASE WHEN contains(${x}, '@') THEN split_part(${x}, '@', 1) || suffix || '@' || split_part(${x}, '@', 2) ELSE ${x} END`;

function valueOf({ name, type }: Column, names: ReadonlySet<string>): string {
  const x = identifier(name);
  const domain = name.replace(/Name$/, 'Domain');
  if (type === 'datetime') return `${x} + shift${name === 'Timestamp' ? ` + CAST(hash("ReportId", k) % ${jitter} AS BIGINT)` : ''}`;
  if (type !== 'string') return x;
  if (name.endsWith('DeviceName')) return renamed(x);
  if (name.endsWith('DeviceId')) return `CASE WHEN ${x} = '' THEN '' ELSE sha1(${x} || suffix) END`;
  if (name.endsWith('AccountUpn')) return renamedUpn(x);
  return name.endsWith('AccountName') && names.has(domain) && names.has('DeviceName') ? renamedUser(x, identifier(domain)) : x;
}

/** Copy k of every row: devices and domain users of its own, all its times moved by one offset. */
function scaled(table: Table, copies: number): string {
  const names = new Set(table.columns.map(({ name }) => name));
  const seed = names.has('ReportId') ? '' : `, 0 AS "ReportId"`;
  const fields = table.columns.map((column) => `${valueOf(column, names)} AS ${identifier(column.name)}`);
  const copy = `SELECT k, '-' || lpad(CAST(k AS VARCHAR), 4, '0') AS suffix, CAST(hash(k * 7919) % ${spread} AS BIGINT) AS shift FROM range(${copies}) c(k)`;
  const rows = `SELECT ${fields.join(', ')} FROM (SELECT *${seed} FROM ${identifier(table.name)}), (${copy})`;
  return names.has('Timestamp') ? `${rows} ORDER BY "Timestamp"` : rows;
}

/** One value over a table that has rows, as text; undefined for one that has none. */
async function valueOver(engine: Engine, dataset: Dataset, { table, value }: { readonly table: string; readonly value: string }) {
  const relation = dataset.relation(table);
  if (relation === undefined || relation.files.length === 0) return undefined;
  const sql = `SELECT CAST(${value} AS VARCHAR) FROM ${identifier(table)}`;
  for await (const [text] of engine.rows({ relations: [relation], sql })) return text;
  return undefined;
}

/** The time of the newest event. */
export async function newestTicks(engine: Engine, dataset: Dataset): Promise<bigint> {
  let newest = 0n;
  for (const { name, columns } of dataset.schema.tables) {
    if (!columns.some((column) => column.name === 'Timestamp')) continue;
    const found = BigInt((await valueOver(engine, dataset, { table: name, value: 'max("Timestamp")' })) ?? 0);
    if (found > newest) newest = found;
  }
  return newest;
}

/**
 * Makes (or finds) about `rows` rows in store form out of a folder of captured telemetry, one file a table: as many copies as it takes.
 * Copies repeat their texts, so that dictionaries flatter size and speed.
 */
export async function scaleCaptures(
  engine: Engine,
  from: string,
  { folder, rows }: { readonly folder: string; readonly rows: number },
): Promise<Dataset> {
  const captures = await openPlainFolder(engine, from, huntingSchema);
  const counts = new Map<Table, number>();
  for (const table of captures.schema.tables) {
    const count = Number((await valueOver(engine, captures, { table: table.name, value: 'count(*)' })) ?? 0);
    if (count > 0) counts.set(table, count);
  }
  const copies = Math.ceil(rows / [...counts.values()].reduce((sum, count) => sum + count, 0));
  const tables: StoreManifest['tables'] = {};
  for (const [table, count] of counts) {
    const file = `${table.name}.parquet`;
    const relation = captures.relation(table.name);
    if (relation && !existsSync(join(folder, file))) {
      const request = { relations: [relation], sql: scaled(table, copies), to: join(folder, file), format: 'parquet' } as const;
      await engine.write({ ...request, limits: { timeoutMs: 3_600_000 } });
    }
    tables[table.name] = { columns: [...table.columns], files: [file], rows: count * copies };
  }
  await writeManifest(folder, tables);
  const dataset = await openStoreFolder(folder);
  if (dataset === undefined) throw new Error(`no dataset in ${folder}`);
  return dataset;
}
