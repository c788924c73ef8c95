import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Column, Schema, Table } from '../../kql/schema';
import { storeRelation } from '../store-form';
import { datasetOf, DatasetError, type Dataset } from './dataset';

const kqlType = z.enum(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'guid', 'dynamic']);
const file = z.string().regex(/^[^/\\]+$/, 'a file lies in the folder itself');
const table = z.object({
  columns: z.array(z.object({ name: z.string(), type: kqlType })),
  files: z.array(file),
  rows: z.number().int().nonnegative(),
});
const manifest = z.object({ version: z.literal(1), tables: z.record(z.string(), table) });

/** `schema.json` of a store-form folder: its tables, their columns, files and numbers of rows. */
export type StoreManifest = z.infer<typeof manifest>;

const manifestFile = 'schema.json';

const read = async (folder: string): Promise<string | undefined> => {
  try {
    return await readFile(join(folder, manifestFile), 'utf8');
  } catch {
    return undefined;
  }
};

const parse = (text: string, folder: string): StoreManifest => {
  try {
    return manifest.parse(JSON.parse(text));
  } catch (error) {
    throw new DatasetError('bad-schema', `${join(folder, manifestFile)}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** The manifest of a folder, or undefined where there is none; rejects with DatasetError when it is not one. */
async function readManifest(folder: string): Promise<StoreManifest | undefined> {
  const text = await read(folder);
  return text === undefined ? undefined : parse(text, folder);
}

/** Publishes a folder's tables: readers see the old manifest or the new one, never a half. */
export async function writeManifest(folder: string, tables: StoreManifest['tables']): Promise<void> {
  const path = join(folder, manifestFile);
  await writeFile(`${path}.part`, `${JSON.stringify({ version: 1, tables }, null, 1)}\n`);
  await rename(`${path}.part`, path);
}

/** The columns a query sees: the wider schema's table where it has one, with what the folder has beyond it. */
const merged = (own: readonly Column[], wider: Table | undefined): readonly Column[] => {
  if (wider === undefined) return own;
  const known = new Set(wider.columns.map((column) => column.name));
  return [...wider.columns, ...own.filter((column) => !known.has(column.name))];
};

/**
 * Opens a store-form folder, or undefined when it is none. Tables and columns of `wider` that the folder lacks are there
 * and empty. Rejects with DatasetError.
 */
export async function openStoreFolder(folder: string, wider?: Schema): Promise<Dataset | undefined> {
  const found = await readManifest(folder);
  if (found === undefined) return undefined;
  const tables = new Map<string, Table>(wider?.tables.map((each) => [each.name, each]));
  for (const [name, own] of Object.entries(found.tables)) tables.set(name, { name, columns: merged(own.columns, tables.get(name)) });
  const schema: Schema = {
    id: `store:${resolve(folder)}:${JSON.stringify([...tables.values()].map((each) => [each.name, each.columns.length]))}`,
    tables: [...tables.values()],
  };
  return datasetOf(schema, new Map(), (name) => {
    const columns = tables.get(name)?.columns;
    if (columns === undefined) return undefined;
    const own = Object.hasOwn(found.tables, name) ? found.tables[name] : undefined;
    return storeRelation(name, { files: (own?.files ?? []).map((each) => resolve(folder, each)), columns });
  });
}
