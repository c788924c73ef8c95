import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../../database/database';
import '../runs/run-tables';

/** A run is inserted some time after its folder was made. */
const youngMs = 10 * 60_000;

const entriesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw error;
  }
};

/** Removes everything in a run's folder but the files of these slices: views, indexes and scratch files hold rows of all. */
export const keepSlicesOnly = async (folder: string, sliceIds: readonly string[]): Promise<void> => {
  const kept = new Set(sliceIds);
  for (const name of await entriesOf(folder)) {
    if (!kept.has(name.slice(0, name.indexOf('.')))) await rm(join(folder, name), { recursive: true, force: true });
  }
};

/** Removes the folders of runs that the database does not know (any more). Resolves with how many. */
export const removeOrphans = async (root: string, db: Database): Promise<number> => {
  // Files are dated by the machine's clock.
  const now = Date.now();
  let removed = 0;
  for (const id of await entriesOf(root)) {
    const run = await db.selectFrom('runs').select('id').where('id', '=', id).executeTakeFirst();
    const folder = join(root, id);
    const { mtimeMs } = run ? { mtimeMs: now } : await stat(folder).catch(() => ({ mtimeMs: now }));
    if (run || mtimeMs > now - youngMs) continue;
    await rm(folder, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
};
