import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Relation } from '../../../engine/requests';
import { huntingBackingTables, huntingTable } from '../../../kql/hunting-schema';
import { actorColumns, actors, fileSql, processSql, profileSql } from './actor-tables';
import { rawTable, type RawTable } from './raw-tables';
import { wideSql } from './wide-tables';
import { generousLimits, inPairs, type StoreEngine } from '../store-engine';
import { day, type Window } from './window';

export interface BuildOptions {
  readonly engine: Pick<StoreEngine, 'write'>;
  /** What the simulation wrote into `scratch`. */
  readonly tables: ReadonlyMap<string, { readonly rows: number; readonly fields: ReadonlySet<string> }>;
  readonly window: Window;
  /** The folder of the raw files; removed at the end. */
  readonly scratch: string;
  /** The folder of the dataset. */
  readonly folder: string;
  /** Rows that one statement sorts at a time, so that memory does not follow the size of the data. */
  readonly sliceRows?: number;
  readonly progress?: (table: string, part: string) => void;
}

export interface BuiltTable {
  readonly name: string;
  readonly files: readonly string[];
  readonly rows: number;
}

const usualSlice = 400_000;
const sqlTypes = { long: 'BIGINT', string: 'VARCHAR', bool: 'BOOLEAN', int: 'INTEGER', real: 'DOUBLE' } as const;

/** Raw rows as a relation: JSON values read as text and cast, which is quicker than a file in between. */
const relationOf = (raw: RawTable, scratch: string): Relation => ({
  name: raw.name,
  files: [join(scratch, `${raw.name}.ndjson`)],
  format: 'ndjson',
  columns: raw.columns.map(({ name, type }) =>
    type === 'string' ? { name, sqlType: 'VARCHAR' } : { name, sqlType: sqlTypes[type], expression: `"${name}"` },
  ),
});

const prepareActors = async (options: BuildOptions): Promise<void> => {
  const { engine, scratch, window } = options;
  const relations = actors.map((raw) => relationOf(raw, scratch));
  const file = { name: 'file', files: [join(scratch, 'file.parquet')], columns: actorColumns.file };
  await engine.write({ relations, sql: fileSql, to: join(scratch, 'file.parquet'), format: 'parquet', limits: generousLimits });
  await engine.write({
    relations: [...relations, file],
    sql: processSql,
    parameters: [window.origin],
    to: join(scratch, 'process.parquet'),
    format: 'parquet',
    limits: generousLimits,
  });
};

const writeProfiles = async ({ engine, scratch, folder, window }: BuildOptions): Promise<BuiltTable> => {
  const file = { name: 'file', files: [join(scratch, 'file.parquet')], columns: actorColumns.file };
  const name = '_FileProfiles';
  const to = join(folder, `${name}.parquet`);
  const request = {
    relations: [file],
    sql: profileSql,
    parameters: [window.origin],
    to,
    format: 'parquet',
    limits: generousLimits,
  } as const;
  return { name, files: [`${name}.parquet`], rows: (await engine.write(request)).rows };
};

const onDevice = (table: string): boolean => table.startsWith('Device') && !table.startsWith('DeviceTvm');

const widen = async (options: BuildOptions, table: string): Promise<BuiltTable> => {
  const { engine, scratch, folder, window } = options;
  const written = options.tables.get(table);
  if (!written) throw new Error(`Nothing was written to ${table}.`);
  const raw = rawTable(table, written.fields);
  const devices = onDevice(table);
  const relations = [relationOf(raw, scratch)];
  const joined = [
    relationOf(actors.find(({ name }) => name === '_device') as RawTable, scratch),
    { name: 'file', files: [join(scratch, 'file.parquet')], columns: actorColumns.file },
    { name: 'process', files: [join(scratch, 'process.parquet')], columns: actorColumns.process },
  ];
  const slices = Math.ceil(written.rows / (options.sliceRows ?? usualSlice));
  const span = (window.days * day) / slices;
  const files: string[] = [];
  for (let index = 0; index < slices; index += 1) {
    const name = slices === 1 ? `${table}.parquet` : `${table}.${String(index + 1).padStart(3, '0')}.parquet`;
    files.push(name);
    await engine.write({
      relations: devices ? [...relations, ...joined] : relations,
      sql: wideSql(table, written.fields, {
        onDevice: devices,
        slice: { origin: window.origin, from: Math.floor(index * span), until: Math.floor((index + 1) * span) },
      }),
      to: join(folder, name),
      format: 'parquet',
      limits: generousLimits,
    });
  }
  return { name: table, files, rows: written.rows };
};

const isTable = (name: string): boolean => huntingTable(name) !== undefined || huntingBackingTables.some((table) => table.name === name);

/** Turns the raw files of a simulation into store-form files. */
export const build = async (options: BuildOptions): Promise<readonly BuiltTable[]> => {
  mkdirSync(options.folder, { recursive: true });
  await prepareActors(options);
  const largestFirst = [...options.tables].filter(([name]) => isTable(name)).sort(([, left], [, right]) => right.rows - left.rows);
  const built = await inPairs([...largestFirst.entries()], async ([index, [name]]) => {
    const table = await widen(options, name);
    options.progress?.(name, `${index + 1} of ${largestFirst.length}`);
    return table;
  });
  const profiles = await writeProfiles(options);
  rmSync(options.scratch, { recursive: true, force: true });
  return [...built, profiles];
};
