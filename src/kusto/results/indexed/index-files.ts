import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { coverOf, layoutVersion } from '../../../columns/layout';
import type { KeptRows } from '../view';

/** Where the index of kept rows lies, once there is one. */
export interface IndexPlace {
  /** The folder of the rows; the index goes with it. */
  readonly home: string;
  readonly folder: string;
  readonly rows: number;
  /** What the rows take on disk. */
  readonly bytes: number;
}

const prefix = 'index-';

/** Whether a name in the folder of kept rows is that of an index, or of what was to become one. */
export const isIndexName = (name: string): boolean => name.startsWith(prefix);

/**
 * The place of an index is named after everything it is made of: a file that was loaded again has other bytes under the same
 * name, and its old index is then found no more. Undefined where the files are not all there.
 */
export function placeOfIndex({ files, columns, counts }: KeptRows): IndexPlace | undefined {
  const [first] = files;
  if (first === undefined || counts === undefined) return undefined;
  const stats = files.map((file) => statSync(file, { throwIfNoEntry: false }));
  const stamps = stats.map((stat, index) => `${basename(files[index]!)} ${stat?.ino} ${stat?.mtimeMs} ${stat?.size} ${counts[index]}`);
  if (stats.includes(undefined)) return undefined;
  const shape = columns.map(({ name, type }) => [name, type]);
  const name = createHash('sha256')
    .update(JSON.stringify([layoutVersion, stamps, shape]))
    .digest('hex')
    .slice(0, 24);
  const home = dirname(first);
  return {
    home,
    folder: join(home, prefix + name),
    rows: counts.reduce((sum, count) => sum + count, 0),
    bytes: stats.reduce((sum, stat) => sum + (stat?.size ?? 0), 0),
  };
}

/** Whether a whole index lies at a place. */
export const isWhole = ({ folder }: IndexPlace): boolean => statSync(coverOf(folder), { throwIfNoEntry: false }) !== undefined;
