import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Engine } from '../../engine/engine';
import { huntingSchema } from '../../kql/hunting-schema';
import { DatasetError, type Dataset } from '../dataset/dataset';
import { openPlainFolder } from '../dataset/plain-folder';
import { openStoreFolder } from '../dataset/store-folder';
import type { CliOptions } from './options';

/** The folder to ask: the one given, or the lab's for a tenant, which is its own copy of LAB_DATA where that is loaded. */
export function dataFolder(options: Pick<CliOptions, 'data' | 'tenant'>, env: Readonly<Record<string, string | undefined>>): string {
  if (options.data !== undefined) return resolve(options.data);
  const lab = resolve(env['DATA_DIR'] ?? 'var', 'lab');
  const imported = join(lab, 'imported', options.tenant);
  return (env['LAB_DATA'] ?? '') !== '' && existsSync(imported) ? imported : join(lab, 'telemetry', options.tenant);
}

/** The lab before its first start: a query that needs none of its tables is answered, any other learns what to do. */
const notYetMade = (folder: string): Dataset =>
  Object.freeze({
    schema: huntingSchema,
    relation: () => {
      const remedy = 'start it once with "npm run lab" (or "npm start"), or give --data FOLDER';
      throw new DatasetError('no-folder', `the lab has no telemetry yet in ${folder}; ${remedy}`);
    },
  });

/** Opens it. Rejects with DatasetError. */
export async function openData(engine: Pick<Engine, 'rows'>, folder: string, isLab: boolean): Promise<Dataset> {
  if (isLab && !existsSync(folder)) return notYetMade(folder);
  return (await openStoreFolder(folder, isLab ? huntingSchema : undefined)) ?? (await openPlainFolder(engine, folder, huntingSchema));
}
