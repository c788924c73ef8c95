import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Task } from '../messages';
import { isLongLine, isMisfit, loadSelect, misfitSelect, type LineShape, type Reading } from '../sql/load';
import type { Execution } from './execution';
import { hasVeryLongLine } from './long-line';
import { registerRawCell } from './raw-cell';
import { copyTo } from './write-file';

type LoadTask = Extract<Task, { kind: 'load' }>;

interface Loading {
  readonly connection: DuckDBConnection;
  readonly execution: Execution;
  readonly task: LoadTask;
}

/** The first character of the first line that has one tells arrays from objects. */
async function shapeOf(paths: readonly string[]): Promise<LineShape> {
  for (const path of paths) {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      const first = buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/, '')
        .trimStart()[0];
      if (first !== undefined) return first === '[' ? 'arrays' : 'objects';
    } finally {
      await file.close();
    }
  }
  return 'objects';
}

async function countMisfits(connection: DuckDBConnection, task: LoadTask, reading: Reading): Promise<Record<string, number>> {
  const counted = await connection.runAndReadAll(misfitSelect(task.from, task.columns, reading));
  const counts = counted.getRows()[0] ?? [];
  return Object.fromEntries(
    task.columns.map((column, index) => [column.name, Number(counts[index])] as const).filter(([, count]) => count > 0),
  );
}

/** The common case runs once and strictly; cells that do not fit cost a second, counting run. */
async function loadLines({ connection, execution, task }: Loading, reading: Reading) {
  const copy = (strict: boolean) =>
    copyTo(
      connection,
      { sql: loadSelect(task.from, task.columns, { ...reading, strict }), parameters: [] },
      { to: task.to, format: 'parquet' },
    );
  try {
    return { ...(await copy(true)), cut: false, misfits: {} };
  } catch (error) {
    execution.check();
    if (!isMisfit(error)) throw error;
  }
  const misfits = await countMisfits(connection, task, reading);
  return { ...(await copy(false)), cut: false, misfits };
}

async function someHasVeryLongLine(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if (await hasVeryLongLine(path)) return true;
  return false;
}

/**
 * Lines of JSON to typed Parquet. Lines of more than 2 MB are rare enough to be found out by failing; those longer than the
 * reader's buffer do not always fail, and are looked for.
 */
export async function loadFile(loading: Loading) {
  registerRawCell(loading.connection);
  const shape = await shapeOf(loading.task.from);
  if (await someHasVeryLongLine(loading.task.from)) return loadLines(loading, { shape, lines: 'long' });
  try {
    return await loadLines(loading, { shape, lines: 'usual' });
  } catch (error) {
    loading.execution.check();
    if (!isLongLine(error)) throw error;
    return loadLines(loading, { shape, lines: 'long' });
  }
}
