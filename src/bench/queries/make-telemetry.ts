import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine';
import type { Dataset } from '../../kusto/dataset/dataset';
import { openStoreFolder, writeManifest, type StoreManifest } from '../../kusto/dataset/store-folder';
import { telemetry } from './telemetry.data';

/** Makes (or finds) a store-form folder of about `rows` rows in all. */
export async function makeTelemetry(engine: Pick<Engine, 'write'>, folder: string, rows: number): Promise<Dataset> {
  const tables: StoreManifest['tables'] = {};
  for (const [name, table] of Object.entries(telemetry)) {
    const file = `${name}.parquet`;
    const count = Math.floor((rows * table.share) / 100);
    if (!existsSync(join(folder, file))) {
      await engine.write({
        relations: [],
        sql: table.sql,
        parameters: [BigInt(count)],
        to: join(folder, file),
        format: 'parquet',
        limits: { timeoutMs: 3_600_000 },
      });
    }
    tables[name] = { columns: table.columns.map(([column, type]) => ({ name: column, type })), files: [file], rows: count };
  }
  await writeManifest(folder, tables);
  const dataset = await openStoreFolder(folder);
  if (dataset === undefined) throw new Error(`no dataset in ${folder}`);
  return dataset;
}
