import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { z } from 'zod';
import { identifier } from '../../engine/sql/quote';
import { huntingBackingTables, huntingSchema } from '../../kql/hunting-schema';
import type { KqlType, Table } from '../../kql/schema';
import type { Dataset } from '../../kusto/dataset/dataset';
import { openPlainFolder } from '../../kusto/dataset/plain-folder';
import { writeManifest, type StoreManifest } from '../../kusto/dataset/store-folder';
import { physicalNames } from '../../kusto/store-form';
import { deriveBacking } from './backing';
import { publishFolder } from './publish-folder';
import { generousLimits, inPairs, type StoreEngine } from './store-engine';
import { timeColumn } from './time-column';
import { withAliases } from './with-aliases';

const importVersion = 2;
const recordFile = 'import.json';
const ticksPerDay = 864_000_000_000n;
const epochTicks = 621_355_968_000_000_000n;

export interface ImportRequest {
  readonly engine: StoreEngine;
  /** The folder of one tenant's files, one table a file. */
  readonly source: string;
  /** The folder of the dataset. */
  readonly folder: string;
  /** Whether times move by whole days, so that the newest event is less than a day old. */
  readonly shift: boolean;
  readonly now: Date;
  readonly progress?: (text: string) => void;
}

export interface Imported {
  readonly made: boolean;
  /** Days by which every time was moved; pages say so. */
  readonly shiftDays: number;
  readonly rows: number;
}

const record = z.object({
  version: z.number(),
  stamp: z.string(),
  shift: z.boolean(),
  shiftDays: z.number(),
  newest: z.string(),
  rows: z.number(),
});

/** What the source files are, by name, size and time of change. */
const stampOf = (source: string): string => {
  const hash = createHash('sha256');
  for (const name of readdirSync(source).sort()) {
    const { size, mtimeMs } = statSync(join(source, name));
    hash.update(`${name}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

const readRecord = (folder: string): z.infer<typeof record> | undefined => {
  try {
    return record.parse(JSON.parse(readFileSync(join(folder, recordFile), 'utf8')));
  } catch {
    return undefined;
  }
};

/** Whole days from the newest event to now, so that nothing lands in the future. */
const daysSince = (newest: bigint, now: Date): number => {
  const nowTicks = epochTicks + BigInt(now.getTime()) * 10_000n;
  const days = (nowTicks - newest) / ticksPerDay;
  return newest > nowTicks ? Number(days) - 1 : Number(days);
};

const sourceTables = (source: string, dataset: Dataset): readonly Table[] => {
  const names = new Set(readdirSync(source).map((name) => parse(name).name));
  return dataset.schema.tables.filter(({ name }) => names.has(name));
};

const newestOf = async (engine: StoreEngine, dataset: Dataset, tables: readonly Table[]): Promise<bigint | undefined> => {
  const found = await inPairs(tables, async (table): Promise<bigint | undefined> => {
    const relation = dataset.relation(table.name);
    const column = timeColumn(table);
    if (!relation || !column) return undefined;
    const sql = `SELECT coalesce(CAST(max(${identifier(column.name)}) AS VARCHAR), '') FROM ${identifier(table.name)}`;
    for await (const batch of engine.rows({ relations: [relation], sql, limits: generousLimits, lane: 'query' })) {
      const text = batch[0];
      if (text) return BigInt(text);
    }
    return undefined;
  });
  return found.reduce((newest, each) => (each !== undefined && (newest === undefined || each > newest) ? each : newest), undefined);
};

/** Every time moved, every text without null. */
const fieldOf = (name: string, type: KqlType, days: number): string => {
  if (type === 'datetime' && days !== 0) return `${name} + ${BigInt(days) * ticksPerDay} AS ${name}`;
  return type === 'string' ? `coalesce(${name}, '') AS ${name}` : name;
};

const shiftedSelect = (table: Table, days: number): string => {
  const physical = physicalNames(table.columns);
  const fields = table.columns.map(({ type }, index) => fieldOf(identifier(physical[index] as string), type, days));
  const time = timeColumn(table);
  return `SELECT ${fields.join(', ')} FROM ${identifier(table.name)}${time ? ` ORDER BY ${identifier(time.name)}` : ''}`;
};

interface Conversion {
  readonly request: ImportRequest;
  readonly dataset: Dataset;
  readonly tables: readonly Table[];
  readonly days: number;
  readonly made: string;
}

const convert = async ({ request, dataset, tables, days, made }: Conversion): Promise<StoreManifest['tables']> => {
  const manifest: StoreManifest['tables'] = {};
  for (const { name, columns } of huntingBackingTables) manifest[name] = { columns: [...columns], files: [], rows: 0 };
  await inPairs([...tables.entries()], async ([index, table]) => {
    const relation = dataset.relation(table.name);
    if (!relation) return;
    const file = `${table.name}.parquet`;
    const sql = shiftedSelect(table, days);
    const { rows } = await request.engine.write({
      relations: [relation],
      sql,
      to: join(made, file),
      format: 'parquet',
      limits: generousLimits,
    });
    manifest[table.name] = { columns: [...table.columns], files: [file], rows };
    request.progress?.(`Loading ${basename(request.source)}: ${table.name} (${index + 1} of ${tables.length})`);
  });
  return manifest;
};

const make = async (request: ImportRequest, stamp: string): Promise<Imported> => {
  const { engine, source, folder, now } = request;
  const made = `${folder}.new`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  const dataset = await openPlainFolder(engine, source, huntingSchema);
  const tables = sourceTables(source, dataset);
  const newest = await newestOf(engine, dataset, tables);
  const shiftDays = request.shift && newest !== undefined ? daysSince(newest, now) : 0;
  const converted = await convert({ request, dataset, tables, days: shiftDays, made });
  const backing = await deriveBacking(engine, { folder: made, tables: converted }, ['_DeviceAddresses', '_FileProfiles']);
  const manifest = withAliases({ ...converted, ...backing });
  const rows = Object.values(converted).reduce((sum, table) => sum + table.rows, 0);
  const written = { version: importVersion, stamp, shift: request.shift, shiftDays, newest: String(newest ?? 0n), rows };
  writeFileSync(join(made, recordFile), JSON.stringify(written));
  await writeManifest(made, manifest);
  publishFolder(made, folder);
  return { made: true, shiftDays, rows };
};

/**
 * Sees to it that `folder` holds a tenant's own logs in store form, moved to end within the last day. Done once for each state of
 * the source files and each day. Rejects with DatasetError when a file cannot be read.
 */
export const ensureImported = async (request: ImportRequest): Promise<Imported> => {
  const stamp = stampOf(request.source);
  const found = readRecord(request.folder);
  const wanted = found && request.shift && found.newest !== '0' ? daysSince(BigInt(found.newest), request.now) : 0;
  const same = found?.version === importVersion && found.stamp === stamp && found.shift === request.shift && found.shiftDays === wanted;
  if (found && same && existsSync(join(request.folder, 'schema.json')))
    return { made: false, shiftDays: found.shiftDays, rows: found.rows };
  return make(request, stamp);
};
