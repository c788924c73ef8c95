import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const own = join(tmpdir(), 'quarry-bench-data');

/**
 * The folder for data made of so many rows, kept so that a second run starts at once. Below a folder that the user named nothing is
 * removed; among the temporary files, what was made for other numbers of rows goes, so that at most one set of each lies there.
 */
export function dataFolder(named: string | undefined, rows: readonly number[]): (rows: number) => string {
  const wanted = new Set(rows.map(String));
  mkdirSync(named ?? own, { recursive: true });
  if (named === undefined)
    for (const entry of readdirSync(own)) if (!wanted.has(entry)) rmSync(join(own, entry), { recursive: true, force: true });
  return (count) => {
    const folder = resolve(named ?? own, String(count));
    mkdirSync(folder, { recursive: true });
    return folder;
  };
}
