import { parentPort } from 'node:worker_threads';
import { analyze, translate } from '../../kql/index';
import type { Schema } from '../../kql/schema';
import { REMEMBERED, type Ask, type Reply } from './protocol';

const schemas = new Map<string, Schema>();

const schemaOf = (ask: { readonly schemaId: string; readonly schema?: Schema }): Schema => {
  if (ask.schema !== undefined) {
    if (schemas.size >= REMEMBERED) schemas.clear();
    schemas.set(ask.schemaId, ask.schema);
  }
  const schema = schemas.get(ask.schemaId);
  if (schema === undefined) throw new Error(`schema ${ask.schemaId} was never sent`);
  return schema;
};

/** The parser builds its grammar on first use, which takes most of a second: better before somebody waits. */
const warm = (): void => {
  const schema: Schema = { id: 'warm', tables: [{ name: 'T', columns: [{ name: 'a', type: 'string' }] }] };
  translate('T | where a has "x" | summarize count() by a', { schema, nowTicks: 0n });
};

const answer = (ask: Ask): unknown => {
  if (ask.call === 'warm') return warm();
  if (ask.call === 'analyze') return analyze(ask.query, schemaOf(ask));
  const { nowTicks, answers } = ask;
  return translate(ask.query, { schema: schemaOf(ask), nowTicks, ...(answers !== undefined && { answers }) });
};

/** The parser's stack lines can hold megabytes of its own source. */
const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n', 1)[0]
    ?.slice(0, 300) ?? '';

parentPort?.on('message', (ask: Ask) => {
  let reply: Reply;
  try {
    reply = { value: answer(ask) };
  } catch (error) {
    reply = { failure: firstLine(error) };
  }
  parentPort?.postMessage(reply);
});
