import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;

/** Memory where the system has enough of it: a test that commits a thousand times need not wait for a disk. */
const root = ((): string => {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enoughBytes ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
})();

const { foldersToRemove } = globalThis as unknown as { readonly foldersToRemove: string[] };

/** A new folder, gone when everything of this test file is over (an-environment.ts). */
export const aFolder = (): string => {
  const folder = mkdtempSync(join(root, 'quarry-test-'));
  foldersToRemove.push(folder);
  return folder;
};
