import { join } from 'node:path';
import { createEngine, type Engine } from '../../engine/engine';
import { residentMb } from '../../engine/process-memory';
import { createResultExports } from '../../kusto/results/result-exports';
import type { KeptRows } from '../../kusto/results/view';
import { makeTelemetry } from '../queries/make-telemetry';

export interface ExportBench {
  readonly format: string;
  readonly rows: number;
  readonly megabytes: number;
  readonly seconds: number;
  /** The most that this process and the engine's process held. */
  readonly ownMb: number;
  readonly engineMb: number;
}

/** Whole tables streamed to nowhere, as a download would be. */
export async function benchExports(folder: string, { rows }: { readonly rows: number }): Promise<ExportBench[]> {
  const engine = createEngine({ readable: [], writable: [folder] });
  try {
    const kept = await keptTable(engine, folder, rows);
    const exporter = createResultExports({ engine });
    const view = { rows: kept.rows };
    const count = kept.count;
    return [
      await measure('csv', engine, { count, bytes: () => drain(exporter.csv(view, { safe: true })) }),
      await measure('ndjson', engine, { count, bytes: () => drain(exporter.ndjson(view)) }),
      await measure('parquet', engine, { count, bytes: async () => (await exporter.parquet(view, join(folder, 'export.parquet'))).bytes }),
    ];
  } finally {
    await engine.stop();
  }
}

async function keptTable(engine: Engine, folder: string, rows: number): Promise<{ readonly rows: KeptRows; readonly count: number }> {
  const dataset = await makeTelemetry(engine, folder, rows);
  const table = dataset.schema.tables.find(({ name }) => name === 'DeviceProcessEvents');
  const relation = dataset.relation('DeviceProcessEvents');
  if (table === undefined || relation === undefined) throw new Error('no table to export');
  return { rows: { files: relation.files, columns: table.columns }, count: Math.floor((rows * 40) / 100) };
}

async function drain(pieces: AsyncIterable<string>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) bytes += Buffer.byteLength(piece);
  return bytes;
}

async function measure(format: string, engine: Engine, work: { readonly count: number; bytes(): Promise<number> }): Promise<ExportBench> {
  let [ownMb, engineMb] = [0, 0];
  const watch = setInterval(() => {
    ownMb = Math.max(ownMb, process.memoryUsage().rss / 1_048_576);
    for (const { pid } of engine.health().export) engineMb = Math.max(engineMb, residentMb(pid) ?? 0);
  }, 50);
  const started = performance.now();
  const bytes = await work.bytes();
  clearInterval(watch);
  return { format, rows: work.count, megabytes: bytes / 1_048_576, seconds: (performance.now() - started) / 1000, ownMb, engineMb };
}
