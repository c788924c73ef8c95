import { readdir, stat } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';
import type { Engine } from '../../engine/engine';
import type { FileFormat, Relation, RelationColumn } from '../../engine/requests';
import { cellForms } from '../../engine/sql/cell';
import { identifier } from '../../engine/sql/quote';
import type { Column, KqlType, Schema, Table } from '../../kql/schema';
import { physicalNames, storeRelation, storeType } from '../store-form';
import { toStoreForm } from './convert';
import { datasetOf, DatasetError, type Dataset } from './dataset';
import { describeFile, type FileColumn, type TableFile } from './describe-file';
import { kqlTypeOf } from './infer';

const formats: Readonly<Record<string, FileFormat>> = {
  '.parquet': 'parquet',
  '.csv': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'ndjson',
};

async function tableFiles(folder: string): Promise<TableFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) throw new DatasetError('no-folder', `there is no folder ${folder}`);
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .flatMap((entry) => {
      const { name, ext } = parse(entry.name);
      const format = formats[ext.toLowerCase()];
      return format === undefined ? [] : [{ name, path: resolve(folder, entry.name), format }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (files.length === 0) throw new DatasetError('no-tables', `no Parquet, CSV or NDJSON file in ${folder}`);
  const twice = files.find((file, index) => files[index - 1]?.name === file.name);
  if (twice !== undefined) throw new DatasetError('bad-file', `two files hold the table ${twice.name} in ${folder}`);
  return files;
}

/** Text files are read as text, so that seven digits of a second and 19 of a number survive; Parquet columns have types of their own. */
const columnOf = (file: TableFile, found: FileColumn, target: { readonly type: KqlType; readonly physical: string }): RelationColumn => {
  const x = identifier(found.name);
  const sqlType = storeType[target.type];
  const base = { name: target.physical, source: found.name, sqlType };
  if (file.format === 'parquet') return { ...base, expression: toStoreForm(x, found.sqlType, target.type) };
  if (target.type === 'dynamic')
    return { ...base, expression: file.format === 'csv' ? toStoreForm(x, 'VARCHAR', 'dynamic') : `nullif(CAST(${x} AS VARCHAR), 'null')` };
  return { ...base, expression: target.type === 'string' ? `coalesce(${x}, '')` : cellForms[target.type].value(`nullif(${x}, '')`) };
};

function tableOf(
  file: TableFile,
  found: readonly FileColumn[],
  wider: Table | undefined,
): { readonly table: Table; readonly relation: Relation } {
  const byName = new Map(found.map((column) => [column.name, column]));
  const known = new Set(wider?.columns.map((column) => column.name));
  const columns: Column[] = [
    ...(wider?.columns ?? []),
    ...found.filter(({ name }) => !known.has(name)).map((column) => ({ name: column.name, type: kqlTypeOf(column.sqlType) })),
  ];
  const physical = physicalNames(columns);
  const relationColumns = columns.map((column, index): RelationColumn => {
    const target = { type: column.type, physical: physical[index] ?? column.name };
    const own = byName.get(column.name);
    return own === undefined
      ? { name: target.physical, source: column.name, sqlType: storeType[column.type] }
      : columnOf(file, own, target);
  });
  return {
    table: { name: file.name, columns },
    relation: { name: file.name, files: [file.path], format: file.format, columns: relationColumns },
  };
}

/**
 * Opens a folder of Parquet, CSV and NDJSON files, one table a file, without copying it. Types come from `wider` where it
 * knows the table, else from the file; a folder that holds one table of `wider` has all of them, empty where there is no file.
 * Rejects with DatasetError.
 */
export async function openPlainFolder(engine: Pick<Engine, 'rows'>, folder: string, wider?: Schema): Promise<Dataset> {
  const files = await tableFiles(folder);
  const known = new Map<string, Table>(wider?.tables.map((table) => [table.name, table]));
  const tables = new Map<string, Table>(files.some((file) => known.has(file.name)) ? known : []);
  const relations = new Map<string, Relation>();
  const stamps: number[] = [];
  for (const file of files) {
    const { table, relation } = tableOf(file, await describeFile(engine, file), known.get(file.name));
    tables.set(table.name, table);
    relations.set(table.name, relation);
    stamps.push((await stat(file.path)).mtimeMs);
  }
  const schema: Schema = { id: `folder:${join(resolve(folder))}:${stamps.join(',')}:${tables.size}`, tables: [...tables.values()] };
  return datasetOf(schema, relations, (name) => {
    const table = tables.get(name);
    return table === undefined ? undefined : storeRelation(name, { files: [], columns: table.columns });
  });
}
