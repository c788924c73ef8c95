import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { programIn } from '../../engine/program';
import { huntingBackingTables, huntingTable } from '../../kql/hunting-schema';
import { writeManifest, type StoreManifest } from '../../kusto/dataset/store-folder';
import type { Tenant } from '../directory/tenants.data';
import { deriveBacking } from './backing';
import { publishFolder } from './publish-folder';
import { build, type BuiltTable } from './simulator/build';
import type { AnswerKey } from './simulator/stories/answer-key';
import { createWindow } from './simulator/window';
import type { SimulationDone, SimulationOrder } from './simulator/worker';
import type { StoreEngine } from './store-engine';
import { withAliases } from './with-aliases';

/** Raised when the simulator writes other rows than before for the same seed, so that kept telemetry is made anew. */
const simulatorVersion = 7;
const dayMs = 86_400_000;
const recordFile = 'simulation.json';
const answersFile = 'answers.json';

export interface SimulationRequest {
  readonly engine: StoreEngine;
  readonly tenant: Tenant;
  readonly seed: string;
  readonly events: number;
  readonly now: Date;
  /** The folder of the dataset. */
  readonly folder: string;
  readonly progress?: (text: string) => void;
  /** Rows a file holds at most; the simulator's own measure when absent. */
  readonly sliceRows?: number;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}

const record = z.object({ version: z.number(), seed: z.string(), events: z.number(), until: z.iso.datetime(), rows: z.number() });
type SimulationRecord = z.infer<typeof record>;

const readRecord = (folder: string): SimulationRecord | undefined => {
  try {
    return record.parse(JSON.parse(readFileSync(join(folder, recordFile), 'utf8')));
  } catch {
    return undefined;
  }
};

/** Whether a folder holds what would be made now, and ends less than a day ago. */
const isFresh = (found: SimulationRecord | undefined, request: SimulationRequest): boolean => {
  if (found?.version !== simulatorVersion || found.seed !== request.seed || found.events !== request.events) return false;
  const age = request.now.getTime() - Date.parse(found.until);
  return age >= 0 && age < dayMs && existsSync(join(request.folder, 'schema.json'));
};

/** Rows live for a moment: a large nursery keeps the collector from copying them about. */
const resourceLimits = { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 4096 };

const runWorker = (order: SimulationOrder, signal: AbortSignal | undefined): Promise<SimulationDone> =>
  new Promise((resolve, reject) => {
    const program = programIn(join(__dirname, 'simulator'), 'worker');
    const worker = new Worker(program.file, { execArgv: [...program.execArgv], workerData: order, resourceLimits });
    signal?.addEventListener('abort', () => void worker.terminate(), { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The simulation ended early (${code}).`)));
  });

const manifestOf = (built: readonly BuiltTable[]): StoreManifest['tables'] => {
  const tables: StoreManifest['tables'] = {};
  const columnsOf = (name: string) => [...(huntingTable(name) ?? huntingBackingTables.find((table) => table.name === name))!.columns];
  for (const { name } of huntingBackingTables) tables[name] = { columns: columnsOf(name), files: [], rows: 0 };
  for (const { name, files, rows } of built) tables[name] = { columns: columnsOf(name), files: [...files], rows };
  return tables;
};

const make = async (request: SimulationRequest): Promise<SimulationRecord> => {
  const { tenant, seed, events, now, folder } = request;
  const made = `${folder}.new`;
  const scratch = join(made, 'raw');
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  request.progress?.(`Simulating ${tenant.name}: about ${events.toLocaleString('en-US')} events`);
  const done = await runWorker({ tenant, seed, events, now, scratch }, request.signal);
  const built = await build({
    engine: request.engine,
    tables: done.tables,
    window: createWindow(now),
    scratch,
    folder: made,
    ...(request.sliceRows !== undefined && { sliceRows: request.sliceRows }),
    progress: (table, part) => request.progress?.(`Writing ${tenant.name}: ${table} (${part})`),
  });
  const rows = built.reduce((sum, table) => sum + table.rows, 0);
  const written: SimulationRecord = { version: simulatorVersion, seed, events, until: now.toISOString(), rows };
  writeFileSync(join(made, answersFile), JSON.stringify(done.keys));
  writeFileSync(join(made, recordFile), JSON.stringify(written));
  const tables = manifestOf(built);
  const backing = await deriveBacking(request.engine, { folder: made, tables }, ['_DeviceAddresses']);
  await writeManifest(made, withAliases({ ...tables, ...backing }));
  publishFolder(made, folder);
  return written;
};

/** Sees to it that `folder` holds the tenant's simulated telemetry ending now; what is there and fresh is kept. */
export const ensureSimulated = async (request: SimulationRequest): Promise<{ readonly made: boolean; readonly rows: number }> => {
  const found = readRecord(request.folder);
  if (found && isFresh(found, request)) return { made: false, rows: found.rows };
  return { made: true, rows: (await make(request)).rows };
};

/** The answer keys of the stories in a simulated folder; none in any other folder. */
export const readAnswers = (folder: string): readonly AnswerKey[] => {
  const path = join(folder, answersFile);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as AnswerKey[]) : [];
};
