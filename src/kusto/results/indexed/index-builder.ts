import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverOf, layoutVersion, type Cover } from '../../../columns/layout';
import type { Engine } from '../../../engine/engine';
import { EngineError } from '../../../engine/engine-error';
import { keptRelation } from '../kept-rows';
import type { KeptRows } from '../view';
import { indexColumn } from './index-column';
import { isIndexName, isWhole, placeOfIndex, type IndexPlace } from './index-files';

export interface BuildDeps {
  readonly engine: Pick<Engine, 'index'>;
  /** What has to stay free on the disk. */
  readonly leastFreeBytes: number;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** An index takes some three times the disk of the rows it is of, which are compressed; with less room than this none is begun. */
const expectedTimes = 5;
/** One column of ten million different texts takes half a minute; a machine that is busy takes its time. */
const limits = { timeoutMs: 30 * 60_000 };
const abandonedMs = 3_600_000;

const roomIn = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

const isCurrent = (rows: KeptRows, place: IndexPlace): boolean => placeOfIndex(rows)?.folder === place.folder;

/** Removes what else lies there: indexes of rows as they were before, and what a stopped process left half made. */
async function sweep({ home, folder }: IndexPlace): Promise<void> {
  for (const name of await readdir(home)) {
    const path = join(home, name);
    if (!isIndexName(name) || path === folder) continue;
    const isGrowing = name.endsWith('.part') && Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0) < abandonedMs;
    if (!isGrowing) await rm(path, { recursive: true, force: true });
  }
}

async function assertRoom({ freeBytes = roomIn, leastFreeBytes }: BuildDeps, home: string, more: number): Promise<void> {
  if ((await freeBytes(home)) < leastFreeBytes + more) throw new EngineError('disk', 'not enough room for an index');
}

async function writeColumns(
  deps: BuildDeps,
  rows: KeptRows,
  { to, place, signal }: { to: string; place: IndexPlace; signal: AbortSignal },
) {
  const relation = { ...keptRelation(rows), position: 'position' };
  for (const [number, column] of rows.columns.entries()) {
    if (!isCurrent(rows, place)) throw new EngineError('cancelled', 'the rows are gone, or others');
    await assertRoom(deps, place.home, 0);
    await deps.engine.index({ relation, counts: rows.counts ?? [], column: indexColumn(column, number), number, to, limits, signal });
  }
}

/** Makes the index of kept rows, which appears under its name only when it is whole. Rejects with EngineError. */
export async function buildIndex(
  deps: BuildDeps,
  { rows, place, signal }: { readonly rows: KeptRows; readonly place: IndexPlace; readonly signal: AbortSignal },
): Promise<void> {
  await assertRoom(deps, place.home, expectedTimes * place.bytes);
  const to = `${place.folder}-${randomUUID().slice(0, 8)}.part`;
  try {
    await mkdir(to, { mode: 0o700 });
    await writeColumns(deps, rows, { to, place, signal });
    const cover: Cover = { version: layoutVersion, counts: rows.counts ?? [], columns: rows.columns.length };
    await writeFile(coverOf(to), JSON.stringify(cover), { mode: 0o600 });
    // Another process may have been quicker.
    if (!isWhole(place)) await rename(to, place.folder);
    await sweep(place);
  } finally {
    // A process that was just told to stop may still write into it.
    await rm(to, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  }
}
