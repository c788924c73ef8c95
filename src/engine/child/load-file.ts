import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Task } from '../messages';
import { loadSelect, misfitSelect, type LineShape } from '../sql/load';
import type { Execution } from './execution';
import { registerRawCell } from './raw-cell';
import { copyTo } from './write-file';

type LoadTask = Extract<Task, { kind: 'load' }>;

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

async function countMisfits(connection: DuckDBConnection, task: LoadTask, shape: LineShape): Promise<Record<string, number>> {
  const counted = await connection.runAndReadAll(misfitSelect(task.from, task.columns, shape));
  const counts = counted.getRows()[0] ?? [];
  return Object.fromEntries(
    task.columns.map((column, index) => [column.name, Number(counts[index])] as const).filter(([, count]) => count > 0),
  );
}

/** Lines of JSON to typed Parquet. The common case runs once and strictly; cells that do not fit cost a second, counting run. */
export async function loadFile(connection: DuckDBConnection, execution: Execution, task: LoadTask) {
  registerRawCell(connection);
  const shape = await shapeOf(task.from);
  const copy = (strict: boolean) =>
    copyTo(connection, { sql: loadSelect(task.from, task.columns, { shape, strict }), parameters: [] }, { to: task.to, format: 'parquet' });
  try {
    return { ...(await copy(true)), cut: false, misfits: {} };
  } catch (error) {
    execution.check();
    if (!(error instanceof Error && error.message.includes('misfit'))) throw error;
  }
  const misfits = await countMisfits(connection, task, shape);
  return { ...(await copy(false)), cut: false, misfits };
}
