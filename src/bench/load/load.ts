import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { receiveAnswer } from '../../defender/hunting/receive-answer';
import { createEngine, type Engine } from '../../engine/engine';
import { createColumnClaims, loadRows } from '../../features/hunting/kept/load-rows';
import type { Column } from '../../kql/schema';
import { loadRows as loadIntoParquet } from '../../kusto/results/kept-rows';
import { createResultViews } from '../../kusto/results/result-views';
import { median } from '../numbers';
import { watchProcess } from './watch-process';

export interface LoadBench {
  readonly rows: number;
  readonly megabytes: number;
  /** Milliseconds from the last byte of the answer to the first page of 100 rows. */
  readonly ours: number;
  /** DuckDB alone: the file into a table, and its first 100 rows. */
  readonly duckdb: number;
  readonly ratio: number;
  /** What our process felt while the answer came and was loaded. */
  readonly longestPauseMs: number;
  /** The most processor time that one turn of the event loop took: what a pause would be on a machine with nothing else to do. */
  readonly longestTurnMs: number;
  readonly memoryMb: number;
}

const columns: readonly Column[] = [
  { name: 'Timestamp', type: 'datetime' },
  ...['Device', 'Action', 'FileName', 'Folder', 'SHA1', 'Command', 'Account', 'Sid', 'Parent'].map((name): Column => ({
    name,
    type: 'string',
  })),
  { name: 'ReportId', type: 'long' },
  { name: 'FileSize', type: 'long' },
  { name: 'ProcessId', type: 'long' },
  { name: 'ParentId', type: 'long' },
  { name: 'Port', type: 'int' },
  { name: 'Score', type: 'real' },
  { name: 'IsLocal', type: 'bool' },
  { name: 'Created', type: 'datetime' },
  { name: 'RemoteIP', type: 'string' },
  { name: 'Extra', type: 'dynamic' },
];

const hex = (seed: number, length: number): string => (seed * 2_654_435_761).toString(16).padStart(length, '0').slice(0, length);
const at = (index: number): string => new Date(1_700_000_000_000 + index * 977).toISOString().replace('Z', '1234Z');

/** One row in column order: with its names some 440 bytes of JSON, so that 100,000 make an answer of 44 MB. */
const row = (i: number): readonly unknown[] => [
  at(i),
  `host-${i % 700}.contoso`,
  'ProcessCreated',
  'powershell.exe',
  'C:\\Windows\\System32',
  hex(i, 40),
  `powershell -File task${i % 90}.ps1`,
  `user${i % 300}`,
  `S-1-5-21-${i % 300}`,
  'explorer.exe',
  i,
  i % 3 === 0 ? null : i * 1024,
  i % 60_000,
  i % 1_000,
  i % 65_536,
  i / 7,
  i % 2 === 0,
  at(i - 60),
  `10.${i % 250}.${i % 7}.${i % 99}`,
  { SessionId: i % 5, Tag: i % 11 },
];

async function writeLines(path: string, count: number, line: (index: number) => unknown): Promise<void> {
  const file = createWriteStream(path);
  for (let index = 0; index < count; index += 1) if (!file.write(`${JSON.stringify(line(index))}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

const wide = (index: number): object => Object.fromEntries(row(index).map((value, column) => [columns[column]?.name ?? '', value]));

const upstreamTypes: Readonly<Partial<Record<Column['type'], string>>> = {
  datetime: 'DateTime',
  long: 'Int64',
  int: 'Int32',
  real: 'Double',
  bool: 'SByte',
  dynamic: 'Object',
};

/** The rows as a hunting service sends them, and as DuckDB alone reads them. */
async function writeFiles(folder: string, rows: number): Promise<Files> {
  const [answer, objects] = [join(folder, 'answer.json'), join(folder, 'objects.ndjson')];
  await writeLines(objects, rows, wide);
  const schema = columns.map(({ name, type }) => ({ name, type: upstreamTypes[type] ?? 'String' }));
  const file = createWriteStream(answer);
  file.write(`{"schema":${JSON.stringify(schema)},"results":[`);
  for (let index = 0; index < rows; index += 1)
    if (!file.write(`${index === 0 ? '' : ','}${JSON.stringify(wide(index))}`)) await once(file, 'drain');
  file.end(']}');
  await once(file, 'finish');
  return { folder, answer, objects };
}

interface Files {
  readonly folder: string;
  readonly answer: string;
  readonly objects: string;
}

/**
 * Time from the last byte of a hunting answer to the first page of its rows, through the code that a run goes through, against
 * DuckDB alone in this process on the same rows as NDJSON. Memory and pauses are of the whole answer, not of that time alone.
 */
export async function benchLoad(folder: string, options: { readonly rows: number; readonly runs: number }): Promise<LoadBench> {
  const files = await writeFiles(folder, options.rows);
  const engine = createEngine({ readable: [], writable: [folder] });
  try {
    await ourTime(engine, files);
    const [ours, alone]: [number[], number[]] = [[], []];
    let [memory, pause, turn] = [0, 0, 0];
    // In turns, because a busy machine would otherwise favour one side.
    for (let run = 0; run < options.runs; run += 1) {
      const watch = watchProcess();
      ours.push(await ourTime(engine, files));
      const felt = watch();
      pause = Math.max(pause, felt.pause);
      turn = Math.max(turn, felt.turn);
      memory = Math.max(memory, felt.memory);
      alone.push(await duckdbTime(files.objects));
    }
    return {
      rows: options.rows,
      megabytes: (await stat(files.answer)).size / 1_048_576,
      ours: median(ours),
      duckdb: median(alone),
      ratio: median(ours) / median(alone),
      longestPauseMs: pause,
      longestTurnMs: turn,
      memoryMb: memory,
    };
  } finally {
    await engine.stop();
  }
}

async function ourTime(engine: Engine, { folder, answer }: Files): Promise<number> {
  const [from, to] = [join(folder, 'rows'), join(folder, 'rows.parquet')];
  let lastByte = 0;
  async function* body(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(answer)) {
      lastByte = performance.now();
      yield chunk as Buffer;
    }
  }
  const received = await receiveAnswer(body(), { to: from });
  const loader = { load: (request: Parameters<typeof loadIntoParquet>[1]) => loadIntoParquet(engine, request) };
  const signal = new AbortController().signal;
  const kept = await loadRows(loader, { from, to, answer: received, claim: createColumnClaims([]), signal, owner: 'bench' });
  const page = await createResultViews({ engine }).page({ rows: { files: [to], columns: kept.columns } }, { offset: 0, limit: 100 });
  if (page.rows.length !== 100) throw new Error('no page');
  return performance.now() - lastByte;
}

async function duckdbTime(objects: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const started = performance.now();
  await connection.run(`CREATE TABLE rows AS FROM read_json_auto('${objects}', format = 'newline_delimited')`);
  await connection.runAndReadAll('SELECT * FROM rows LIMIT 100');
  const milliseconds = performance.now() - started;
  connection.closeSync();
  instance.closeSync();
  return milliseconds;
}
