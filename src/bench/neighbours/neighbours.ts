import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../engine/engine';
import { createResultViews, type ResultViews } from '../../kusto/results/result-views';
import type { KeptRows } from '../../kusto/results/view';
import { makeTelemetry } from '../queries/make-telemetry';
import { median } from '../numbers';

export interface NeighbourBench {
  readonly what: string;
  readonly alone: number;
  readonly besideFour: number;
  readonly ratio: number;
}

/** Work without end and without rows, on every thread it can get. */
const heavy = `SELECT CAST(sum(sin(a.i) * cos(b.i)) AS VARCHAR) FROM range(1000000) a(i), range(1000000) b(i)`;
const SAMPLES = 60;

/** What others feel while four heavy queries run: a page of kept rows, a file read, the event loop; milliseconds, medians. And how long a cancel takes. */
export async function benchNeighbours(folder: string, { rows }: { readonly rows: number }): Promise<NeighbourBench[]> {
  const engine = createEngine({ readable: [], writable: [folder] });
  try {
    const view = { rows: await keptRows(engine, folder, rows) };
    const views = createResultViews({ engine });
    await sample(views, view);
    const alone = await sample(views, view);
    const stop = new AbortController();
    const running = Array.from({ length: 4 }, () => drain(engine, stop.signal));
    while (engine.health().query.filter(({ state }) => state === 'busy').length < 4) await delay(20);
    const beside = await sample(views, view);
    const cancelled = performance.now();
    stop.abort();
    await Promise.all(running);
    while (engine.health().query.some(({ state }) => state === 'busy')) await delay(1);
    const freed = performance.now() - cancelled;
    const line = (what: string, key: keyof typeof alone): NeighbourBench => ({
      what,
      alone: alone[key],
      besideFour: beside[key],
      ratio: beside[key] / alone[key],
    });
    return [
      line('a page of 100 rows, sorted', 'page'),
      line('a small file read', 'read'),
      line('a turn of the event loop', 'turn'),
      { what: 'from cancel to free processes', alone: 0, besideFour: freed, ratio: 0 },
    ];
  } finally {
    await engine.stop();
  }
}

async function keptRows(engine: Engine, folder: string, rows: number): Promise<KeptRows> {
  const dataset = await makeTelemetry(engine, folder, rows);
  const table = dataset.schema.tables.find(({ name }) => name === 'DeviceLogonEvents');
  return { files: [join(folder, 'DeviceLogonEvents.parquet')], columns: table?.columns ?? [] };
}

const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function drain(engine: Engine, signal: AbortSignal): Promise<void> {
  try {
    for await (const batch of engine.rows({ relations: [], sql: heavy, signal, limits: { timeoutMs: 600_000 } })) void batch;
  } catch {
    // Cancelled, as intended.
  }
}

async function sample(views: ResultViews, view: { readonly rows: KeptRows }) {
  const page: number[] = [];
  const read: number[] = [];
  const turn: number[] = [];
  const timed = async (times: number[], work: () => Promise<unknown>): Promise<void> => {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  };
  for (let count = 0; count < SAMPLES; count += 1) {
    await timed(page, () => views.page({ ...view, sort: [{ column: 0, descending: true }] }, { offset: 0, limit: 100 }));
    await timed(read, () => readFile(__filename));
    await timed(turn, () => new Promise((resolve) => setImmediate(resolve)));
    await delay(5);
  }
  return { page: median(page), read: median(read), turn: median(turn) };
}
