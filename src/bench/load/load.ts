import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DuckDBInstance } from '@duckdb/node-api';
import { createEngine } from '../../engine/engine';
import type { Column } from '../../kql/schema';
import { loadRows } from '../../kusto/results/kept-rows';
import { createResultViews } from '../../kusto/results/result-views';
import { median } from '../numbers';

export interface LoadBench {
  readonly rows: number;
  readonly megabytes: number;
  /** Milliseconds from a whole NDJSON file to the first page of 100 rows. */
  readonly ours: number;
  /** DuckDB alone: the file into a table, and its first 100 rows. */
  readonly duckdb: number;
  readonly ratio: number;
  /** What our process felt meanwhile. */
  readonly longestPauseMs: number;
  readonly memoryMb: number;
}

const columns: readonly Column[] = [
  { name: 'Timestamp', type: 'datetime' },
  ...[
    'DeviceId',
    'DeviceName',
    'ActionType',
    'FileName',
    'FolderPath',
    'SHA1',
    'SHA256',
    'ProcessCommandLine',
    'AccountName',
    'AccountSid',
  ].map((name): Column => ({ name, type: 'string' })),
  { name: 'ReportId', type: 'long' },
  { name: 'FileSize', type: 'long' },
  { name: 'Score', type: 'real' },
  { name: 'IsLocalAdmin', type: 'bool' },
  { name: 'ProcessCreationTime', type: 'datetime' },
  { name: 'InitiatingProcessFileName', type: 'string' },
  { name: 'InitiatingProcessCommandLine', type: 'string' },
  { name: 'InitiatingProcessId', type: 'long' },
  { name: 'AdditionalFields', type: 'dynamic' },
];

const hex = (seed: number, length: number): string => (seed * 2_654_435_761).toString(16).padStart(length, '0').slice(0, length);
const at = (index: number): string => new Date(1_700_000_000_000 + index * 977).toISOString().replace('Z', '1234Z');

/** One row in column order. */
const row = (i: number): readonly unknown[] => [
  at(i),
  hex(i % 700, 40),
  `host-${i % 700}.contoso.example`,
  'ProcessCreated',
  'powershell.exe',
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  hex(i, 40),
  hex(i, 64),
  `powershell.exe -NoProfile -File C:\\Scripts\\task${i % 90}.ps1 -Argument "${'x'.repeat(i % 80)}"`,
  `user${i % 300}`,
  `S-1-5-21-1-2-3-${i % 300}`,
  i,
  i % 3 === 0 ? null : i * 1024,
  i / 7,
  i % 2 === 0,
  at(i - 60),
  'explorer.exe',
  'C:\\Windows\\explorer.exe',
  i % 60_000,
  { SessionId: i % 5, Tags: ['a', `b${i % 11}`] },
];

async function writeLines(path: string, count: number, line: (index: number) => unknown): Promise<void> {
  const file = createWriteStream(path);
  for (let index = 0; index < count; index += 1) if (!file.write(`${JSON.stringify(line(index))}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

/** Time from received rows to the first page, against DuckDB alone in this process on the same rows as JSON objects. */
export async function benchLoad(folder: string, options: { readonly rows: number; readonly runs: number }): Promise<LoadBench> {
  const arrays = join(folder, 'rows.ndjson');
  const objects = join(folder, 'objects.ndjson');
  await writeLines(arrays, options.rows, row);
  await writeLines(objects, options.rows, (index) =>
    Object.fromEntries(row(index).map((value, column) => [columns[column]?.name ?? '', value])),
  );
  const engine = createEngine({ readable: [], writable: [folder] });
  try {
    const first = await ourTime(engine, { folder, arrays });
    const times: number[] = [];
    const alone: number[] = [];
    let [memory, pause] = [0, 0];
    // In turns, because a busy machine would otherwise favour one side.
    for (let run = 0; run < options.runs; run += 1) {
      const before = process.memoryUsage().rss;
      const pauses = monitorEventLoopDelay({ resolution: 5 });
      pauses.enable();
      times.push((await ourTime(engine, { folder, arrays })).milliseconds);
      pauses.disable();
      pause = Math.max(pause, pauses.max / 1e6);
      memory = Math.max(memory, process.memoryUsage().rss - before);
      alone.push(await duckdbTime(objects));
    }
    const duckdb = median(alone);
    const ours = median(times);
    return {
      rows: options.rows,
      megabytes: first.megabytes,
      ours,
      duckdb,
      ratio: ours / duckdb,
      longestPauseMs: pause,
      memoryMb: memory / 1_048_576,
    };
  } finally {
    await engine.stop();
  }
}

async function ourTime(engine: ReturnType<typeof createEngine>, { folder, arrays }: { readonly folder: string; readonly arrays: string }) {
  const to = join(folder, 'rows.parquet');
  const started = performance.now();
  const { bytes } = await loadRows(engine, { from: arrays, to, columns });
  const page = await createResultViews({ engine }).page({ rows: { files: [to], columns } }, { offset: 0, limit: 100 });
  if (page.rows.length !== 100) throw new Error('no page');
  return { milliseconds: performance.now() - started, megabytes: bytes / 1_048_576 };
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
