import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { EngineError } from '../engine-error';
import type { FromChild, Task } from '../messages';
import type { Execution } from './execution';
import { createRowBatches } from './row-batches';
import { bind, prepareSelect } from './statement';

const textsOf = (chunk: DuckDBDataChunk): string[] =>
  chunk
    .getColumnVector(0)
    .toArray()
    .map((value) => (value === null ? '' : String(value)));

/** Sends the single text column of a query in batches, never further ahead of the reader than its credit. */
export async function streamRows(
  context: { connection: DuckDBConnection; execution: Execution; send: (message: FromChild) => void },
  task: Extract<Task, { kind: 'rows' }>,
) {
  const { connection, execution, send } = context;
  const statement = await prepareSelect(connection, task.query.sql);
  bind(statement, task.query.parameters);
  if (statement.columnCount !== 1) throw new EngineError('invalid', `expected one column of row texts, found ${statement.columnCount}`);
  execution.check();
  const result = await statement.stream();
  const limit = task.maxRows ?? Number.POSITIVE_INFINITY;
  const batches = createRowBatches({ execution, send }, task.separator);
  let rows = 0;
  let cut = false;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0 && !cut;
    chunk = cut ? null : await result.fetchChunk()
  ) {
    execution.check();
    for (const text of textsOf(chunk)) {
      if (rows === limit) {
        cut = true;
        break;
      }
      rows += 1;
      const full = batches.add(text);
      if (full) await full;
    }
  }
  await batches.flush();
  return { rows, bytes: 0, cut, misfits: {} };
}
