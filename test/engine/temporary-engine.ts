import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type EngineOptions } from '../../src/engine/engine';

/** An engine over a folder of its own, and how to be rid of both. */
export function temporaryEngine(options: Partial<EngineOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const engine = createEngine({ readable: [], writable: [data], temporaryFolder: join(folder, 'temporary'), ...options });
  return {
    engine,
    folder: data,
    outside: folder,
    async remove() {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every row of a stream. */
export async function collect(rows: AsyncIterable<readonly string[]>): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of rows) found.push(...batch);
  return found;
}
