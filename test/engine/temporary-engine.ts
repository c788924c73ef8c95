import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type EngineOptions } from '../../src/engine/engine';
import { aFolder } from '../support/a-folder';

/** An engine over a folder of its own. */
export function temporaryEngine(options: Partial<EngineOptions> = {}) {
  const folder = aFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  const engine = createEngine({ readable: [], writable: [data], temporaryFolder: join(folder, 'temporary'), ...options });
  return {
    engine,
    folder: data,
    outside: folder,
  };
}

/** Every row of a stream. */
export async function collect(rows: AsyncIterable<readonly string[]>): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of rows) found.push(...batch);
  return found;
}
