import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../operator-error';

/** No run takes longer; a file that is older was left by one that was killed. */
const longestMs = 60 * 60_000;

const take = (path: string): boolean => {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The process that holds it; undefined: it holds nothing any more. */
const holderOf = (path: string): number | undefined => {
  try {
    const [pid, { mtimeMs }] = [Number(readFileSync(path, 'utf8')), statSync(path)];
    if (Date.now() - mtimeMs > longestMs) return undefined;
    // Whoever has just made the file has not written its number yet.
    if (pid === 0) return 0;
    return Number.isInteger(pid) && lives(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

/** Runs `work` while no other run uses the same data folder: two would each write a certificate there, and one would be lost. */
export const oneAtATime = async (dataDir: string, work: () => Promise<void>): Promise<void> => {
  const path = join(dataDir, 'register.lock');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!take(path)) {
    const holder = holderOf(path);
    if (holder === undefined) rmSync(path, { force: true });
    if (holder !== undefined || !take(path)) {
      throw new OperatorError(
        `Another npm run register${holder ? ` (process ${holder})` : ''} is at work in ${dataDir}.`,
        `Wait until it has ended, then run this again. If none runs, remove ${path}.`,
      );
    }
  }
  try {
    await work();
  } finally {
    rmSync(path, { force: true });
  }
};
