import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { EngineError } from '../engine-error';
import type { FromChild, Task } from '../messages';
import type { Execution } from './execution';
import { bind, prepareSelect } from './statement';

const BATCH_CHARACTERS = 128 * 1024;

interface Batch {
  texts: string[];
  characters: number;
}

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
  let batch: Batch = { texts: [], characters: 0 };
  let rows = 0;
  let cut = false;
  const flush = async () => {
    if (batch.texts.length === 0) return;
    await execution.mayAnswer();
    send({ type: 'batch', id: execution.id, text: batch.texts.join(task.separator), rows: batch.texts.length });
    batch = { texts: [], characters: 0 };
  };
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
      batch.texts.push(text);
      batch.characters += text.length;
      if (batch.characters >= BATCH_CHARACTERS) await flush();
    }
  }
  await flush();
  return { rows, bytes: 0, cut, misfits: {} };
}
