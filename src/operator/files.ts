import { isUtf8 } from 'node:buffer';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperatorError } from './operator-error';

/** A file's text; undefined when there is none. Bytes that are no text are refused: written back, they would be others. */
export const readIfThere = (path: string): string | undefined => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (!isUtf8(bytes)) throw new OperatorError(`${path} is not UTF-8 text.`, 'Save it as UTF-8, then run this again.');
  return bytes.toString('utf8');
};

const behindLinks = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** The whole text or the old one, whatever happens in between; readable by this account alone. */
export const writePrivately = (path: string, text: string): void => {
  const target = behindLinks(path);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const beside = `${target}.${process.pid}.new`;
  try {
    const file = openSync(beside, 'wx', 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};
