import { mkdirSync } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../errors';
import type { Slice } from '../runs/run';

const safeId = /^[0-9a-z-]{8,64}$/;

const checked = (id: string): string => {
  if (!safeId.test(id)) throw new AppError({ kind: 'bug', code: 'bad-id', publicMessage: 'Something went wrong on our side.' });
  return id;
};

export interface KeptFolderOptions {
  readonly dataDir: string;
  readonly leastFreeBytes: number;
  /** What the disk has left; unset: as the system says. */
  readonly freeBytes?: (() => Promise<number>) | undefined;
}

const roomIn = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Where the rows of runs lie: `<dataDir>/runs/<run>/<slice>.parquet`. */
export const createKeptFolder = (options: KeptFolderOptions) => {
  const root = join(options.dataDir, 'runs');
  const freeBytes = options.freeBytes ?? (() => roomIn(root));
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const folder = (runId: string): string => join(root, checked(runId));
  return Object.freeze({
    root,
    prepare: (runId: string) => mkdir(folder(runId), { recursive: true, mode: 0o700 }),
    file: (slice: Pick<Slice, 'id' | 'runId'>): string => join(folder(slice.runId), `${checked(slice.id)}.parquet`),
    /** Rows on their way: gone once they are loaded. */
    rowsFile: (slice: Pick<Slice, 'id' | 'runId'>): string => join(folder(slice.runId), `${checked(slice.id)}.rows`),
    countFile: (slice: Pick<Slice, 'id' | 'runId'>): string => join(folder(slice.runId), `${checked(slice.id)}.count`),
    scratch: (runId: string, name: string): string => join(folder(runId), `${checked(name)}.scratch`),
    removeFile: (slice: Pick<Slice, 'id' | 'runId'>) => rm(join(folder(slice.runId), `${checked(slice.id)}.parquet`), { force: true }),
    /** Tried again where an index is just being written into the folder: its maker finds the folder gone and stops. */
    remove: (runId: string) => rm(folder(runId), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
    /** Refuses new work on a disk that is nearly full, before it harms what is kept. */
    assertRoom: async (): Promise<void> => {
      const free = await freeBytes();
      if (free >= options.leastFreeBytes) return;
      throw new AppError({
        kind: 'unavailable',
        code: 'disk-full',
        publicMessage:
          'The disk of this Quarry is nearly full, so it takes no new runs. What is kept can still be read. Its operator has to make room.',
        detail: { freeBytes: free },
      });
    },
  });
};

export type KeptFolder = ReturnType<typeof createKeptFolder>;
