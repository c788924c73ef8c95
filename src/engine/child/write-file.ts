import { rename, rm, stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FileFormat } from '../requests';
import { growing, type Task } from '../messages';
import { literal } from '../sql/quote';
import { bind, prepareSelect } from './statement';

/** Ours is the only temporary name: DuckDB would choose another one, which is not allowed, where a part of a broken run lies. */
const options: Readonly<Record<FileFormat, string>> = {
  // Small groups: a page of rows reads the groups it lies in, whole.
  parquet: 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480, USE_TMP_FILE false',
  csv: "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', USE_TMP_FILE false",
  ndjson: 'FORMAT json, ARRAY false, USE_TMP_FILE false',
};

/** Runs `select` into a file that appears under its name only when complete. */
export async function copyTo(
  connection: DuckDBConnection,
  select: { readonly sql: string; readonly parameters: readonly (string | number | bigint | boolean | null)[] },
  target: { readonly to: string; readonly format: FileFormat },
) {
  const part = growing(target.to);
  try {
    const copy = await connection.prepare(`COPY (${select.sql}\n) TO ${literal(part)} (${options[target.format]})`);
    bind(copy, select.parameters);
    const result = await copy.run();
    const rows = Number((await result.getRows())[0]?.[0] ?? 0);
    await rename(part, target.to);
    return { rows, bytes: (await stat(target.to)).size };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Keeps a query's rows as a file, after the same proof that rows for a reader get: exactly one SELECT. */
export async function writeFile(connection: DuckDBConnection, task: Extract<Task, { kind: 'write' }>) {
  await prepareSelect(connection, task.query.sql);
  return { ...(await copyTo(connection, task.query, task)), cut: false, misfits: {} };
}
