import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readAnswerSchema } from './answer-schema';
import { ByteSink } from './byte-sink';
import type { HuntingColumn } from './column-types';
import { EnvelopeSplitter } from './envelope-splitter';
import { code, JsonFault } from './json-scan';
import { RowConverter } from './row-converter';

/** What a whole, well-formed answer held. Its rows are in the file, one NDJSON array a line in the columns' order. */
export interface ReceivedAnswer {
  readonly columns: readonly HuntingColumn[];
  readonly rows: number;
  /** Of the body as it came. */
  readonly bytes: number;
  /** The largest Timestamp (or TimeGenerated) of the rows, ISO 8601 with seven digits. */
  readonly newest?: string;
  /** Values whose key the schema does not list; they are not in the file. */
  readonly unknownKeys: number;
  /** The service said that there is more than this. */
  readonly more: boolean;
  /** CPU or execution time in seconds, where the service tells (`Stats.ExecutionTime`). */
  readonly serviceSeconds?: number;
}

const flushAt = 256 * 1024;
/** Rows are turned for this long before every other request gets its turn. */
const sliceMs = 5;
/** So many bytes are turned between two looks at the clock. */
const pieceBytes = 16 * 1024;

export interface TenantMark {
  readonly id: string;
  readonly name: string;
}

export interface ReceiveOptions {
  /** The file of rows, made anew. */
  readonly to: string;
  readonly tenant?: TenantMark;
}

interface Pass {
  readonly schema?: readonly HuntingColumn[];
  readonly tenant: TenantMark | undefined;
  readonly file: FileHandle;
}

const readSeconds = (json: Buffer): number | undefined => {
  const stats = JSON.parse(json.toString('utf8')) as { ExecutionTime?: unknown } | null;
  return typeof stats?.ExecutionTime === 'number' ? stats.ExecutionTime : undefined;
};

/** One reading of a body: converts rows when the schema is known by then, else keeps them as they are for a second reading. */
const createPass = ({ schema, tenant, file }: Pass) => {
  const sink = new ByteSink();
  let converter = schema && new RowConverter(schema, tenant);
  let columns = schema;
  let early = false;
  let rows = 0;
  let more = false;
  let seconds: number | undefined;

  const onMember = (name: string, json: Buffer): void => {
    const folded = name.toLowerCase();
    if (folded === 'schema' && !columns) {
      columns = readAnswerSchema(json);
      converter = early ? undefined : new RowConverter(columns, tenant);
    } else if (folded === '@odata.nextlink') more = json.length > 4;
    else if (folded === 'stats') seconds = readSeconds(json);
  };

  const onRow = (row: Buffer): void => {
    if (!isUtf8(row)) throw new JsonFault('bytes that are not UTF-8');
    rows += 1;
    if (converter) return converter.convert(row, sink);
    early = true;
    if (rows > 1) sink.byte(code.comma);
    sink.copy(row, 0, row.length);
  };

  const splitter = new EnvelopeSplitter({ onMember, onRow });
  const flush = async (): Promise<void> => {
    if (sink.length > 0) await file.appendFile(sink.take());
  };
  return {
    push: (chunk: Buffer) => splitter.push(chunk),
    isFull: () => sink.length >= flushAt,
    flush,
    finish: async () => {
      splitter.end();
      if (!columns) throw new JsonFault('an answer without a schema');
      await flush();
      return { early, columns, rows, more, seconds, summary: converter?.summary() };
    },
  };
};

const drive = async (body: AsyncIterable<Buffer>, pass: ReturnType<typeof createPass>): Promise<number> => {
  let bytes = 0;
  let began = performance.now();
  for await (const chunk of body) {
    bytes += chunk.length;
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      pass.push(chunk.subarray(at, at + pieceBytes));
      if (pass.isFull()) await pass.flush();
      if (performance.now() - began < sliceMs) continue;
      await nextTurn();
      began = performance.now();
    }
  }
  return bytes;
};

async function* asBody(path: string): AsyncGenerator<Buffer> {
  yield Buffer.from('{"results":[');
  for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  yield Buffer.from(']}');
}

/**
 * Reads the body of a hunting answer while it arrives and writes its rows to the file `to`. Memory stays constant,
 * the event loop is given back every few milliseconds. Throws JsonFault where the body is not one whole answer, and whatever `body` throws.
 */
export const receiveAnswer = async (body: AsyncIterable<Buffer>, { to, tenant }: ReceiveOptions): Promise<ReceivedAnswer> => {
  const early = `${to}.early`;
  const file = await open(to, 'w', 0o600);
  try {
    const pass = createPass({ file, tenant });
    const bytes = await drive(body, pass);
    const first = await pass.finish();
    const last = first.early ? await readAgain({ from: to, through: early, schema: first.columns, tenant }) : first.summary;
    if (!last) throw new JsonFault('an answer without a schema');
    return {
      columns: last.columns,
      rows: first.rows,
      bytes,
      unknownKeys: last.unknownKeys,
      more: first.more,
      ...(last.newest === undefined ? {} : { newest: last.newest }),
      ...(first.seconds === undefined ? {} : { serviceSeconds: first.seconds }),
    };
  } finally {
    await file.close();
    await rm(early, { force: true });
  }
};

/** The rows came before their schema: they lie in `from` as they came and are now turned into lines. */
const readAgain = async (work: {
  readonly from: string;
  readonly through: string;
  readonly schema: readonly HuntingColumn[];
  readonly tenant: TenantMark | undefined;
}) => {
  const turned = await open(work.through, 'w', 0o600);
  try {
    const pass = createPass({ schema: work.schema, tenant: work.tenant, file: turned });
    await drive(asBody(work.from), pass);
    const { summary } = await pass.finish();
    await turned.sync();
    await copyOver(work.through, work.from);
    return summary;
  } finally {
    await turned.close();
  }
};

const copyOver = async (from: string, to: string): Promise<void> => {
  const file = await open(to, 'w', 0o600);
  try {
    for await (const chunk of createReadStream(from)) await file.appendFile(chunk as Buffer);
  } finally {
    await file.close();
  }
};
