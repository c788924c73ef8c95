import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { huntingSchema } from '../../kql/hunting-schema';
import type { Dataset } from '../../kusto/dataset/dataset';
import { openStoreFolder } from '../../kusto/dataset/store-folder';
import type { Tenant } from '../directory/tenants.data';
import { ensureImported } from './imported';
import { ensureSimulated, readAnswers } from './simulated';
import type { AnswerKey } from './simulator/stories/answer-key';
import type { StoreEngine } from './store-engine';

/** The seed of the organizations that everybody meets first. */
const defaultSeed = 'quarry';

export interface TelemetryOptions {
  readonly engine: StoreEngine;
  readonly tenants: readonly Tenant[];
  /** The lab's folder below DATA_DIR. */
  readonly dataDir: string;
  /** A folder with one folder a tenant, where the operator brings logs of their own. */
  readonly data?: string;
  readonly shift: boolean;
  /** Events of all tenants together, as far as they are simulated. */
  readonly events: number;
  readonly seed?: string;
  readonly now: () => Date;
  readonly progress?: (text: string) => void;
}

/** Where a tenant's telemetry comes from, for pages and the terminal. */
export interface TelemetrySource {
  readonly origin: 'simulated' | 'imported';
  readonly rows: number;
  /** Days by which the times of imported logs were moved. */
  readonly shiftDays: number;
  readonly folder: string;
  readonly answers: readonly AnswerKey[];
}

interface Ready {
  readonly dataset: Dataset;
  readonly source: TelemetrySource;
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/**
 * The telemetry of every tenant: the operator's logs where LAB_DATA has a folder for it, else simulated. `prepare` makes or
 * refreshes what is missing or has grown old; the datasets are there afterwards.
 */
export const createTelemetry = (options: TelemetryOptions) => {
  const { engine, dataDir, data, now, progress } = options;
  const ready = new Map<string, Ready>();
  const stopping = new AbortController();

  const provide = async (tenant: Tenant): Promise<Omit<TelemetrySource, 'answers'>> => {
    const common = { engine, now: now(), ...(progress && { progress }) };
    const source = data === undefined ? undefined : join(data, tenant.key);
    if (source !== undefined && isFolder(source)) {
      const folder = join(dataDir, 'imported', tenant.key);
      const { rows, shiftDays } = await ensureImported({ ...common, source, folder, shift: options.shift });
      return { origin: 'imported', rows, shiftDays, folder };
    }
    const folder = join(dataDir, 'telemetry', tenant.key);
    const events = Math.round(options.events / options.tenants.length);
    const { rows } = await ensureSimulated({
      ...common,
      tenant,
      folder,
      events,
      seed: options.seed ?? defaultSeed,
      signal: stopping.signal,
    });
    return { origin: 'simulated', rows, shiftDays: 0, folder };
  };

  const prepare = async (tenant: Tenant): Promise<void> => {
    const source = await provide(tenant);
    const dataset = await openStoreFolder(source.folder, huntingSchema);
    if (!dataset) throw new Error(`There is no telemetry in ${source.folder}.`);
    ready.set(tenant.key, { dataset, source: { ...source, answers: readAnswers(source.folder) } });
  };

  return Object.freeze({
    /** Tenants side by side: one is simulated while the other is written. */
    prepare: async (): Promise<void> => void (await Promise.all(options.tenants.map(prepare))),
    /** The tables of a tenant, or undefined before they are prepared. */
    dataset: (tenantKey: string): Dataset | undefined => ready.get(tenantKey)?.dataset,
    source: (tenantKey: string): TelemetrySource | undefined => ready.get(tenantKey)?.source,
    /** Ends a simulation that is under way; its `prepare` rejects. */
    stop: (): void => stopping.abort(),
  });
};

export type Telemetry = ReturnType<typeof createTelemetry>;
