import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Puts a finished folder in the place of an older one; whoever has the older one's files open keeps reading them. */
export const publishFolder = (made: string, place: string): void => {
  mkdirSync(dirname(place), { recursive: true });
  const old = `${place}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(place)) renameSync(place, old);
  renameSync(made, place);
  rmSync(old, { recursive: true, force: true });
};
