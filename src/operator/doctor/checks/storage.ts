import { accessSync, constants, existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Config } from '../../../config';
import type { DatabaseLocation } from '../../../database/database';
import { postgresDialect } from '../../../database/postgres';
import { sqliteDialect } from '../../../database/sqlite';
import { printable } from '../../printable';
import { named, type Finding } from '../finding';

const data = named('data-dir');
const database = named('database');

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_048_576).toLocaleString('en')} MB`;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? printable((error as Error).message);

/** The folder itself, or the nearest one above that is there. */
const nearest = (folder: string): string => (existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder)));

const tryToWrite = (folder: string, there: string): void => {
  if (folder !== there) return accessSync(there, constants.W_OK | constants.X_OK);
  const probe = join(folder, `.doctor-${process.pid}`);
  writeFileSync(probe, '', { mode: 0o600 });
  rmSync(probe);
};

/** Whether Quarry can keep its files; leaves nothing behind. */
export const checkDataDir = ({ dataDir, keeping }: Config): Finding[] => {
  const there = nearest(dataDir);
  try {
    if (!statSync(there).isDirectory()) return [data.fail(`${there} is no folder`, 'Set DATA_DIR to a folder.')];
    tryToWrite(dataDir, there);
  } catch (error) {
    const remedy = 'Give the account that runs Quarry the right to write there, or set DATA_DIR elsewhere.';
    return [data.fail(`${dataDir} cannot be written (${codeOf(error)})`, remedy)];
  }
  const { bavail, bsize } = statfsSync(there);
  const free = bavail * bsize;
  if (free < keeping.leastFreeBytes) {
    const remedy = 'Make room, or lower LEAST_FREE_DISK_MB or KEEP_ROWS_DAYS: with less room no new run is taken.';
    return [data.fail(`${megabytes(free)} are free, less than LEAST_FREE_DISK_MB`, remedy)];
  }
  const found = [data.ok(`${dataDir}${there === dataDir ? '' : ' (made at the first start)'}, ${megabytes(free)} free`)];
  if (there === dataDir && (statSync(dataDir).mode & 0o077) !== 0) {
    found.push(data.warn(`${dataDir} is open to other accounts of this machine`, `chmod 700 ${dataDir}`));
  }
  return found;
};

const remedyOf = ({ kind }: DatabaseLocation): string =>
  kind === 'sqlite'
    ? 'If it is no database, move it away: a new one is made. If it is locked, end what else uses it.'
    : 'Check DATABASE_URL (host, port, name, password), and that the server takes connections from here.';

const ask = async (location: DatabaseLocation): Promise<void> => {
  const dialect = location.kind === 'sqlite' ? sqliteDialect(location.file) : postgresDialect(location.url, () => undefined);
  const db = new Kysely<Record<string, never>>({ dialect });
  try {
    await (location.kind === 'sqlite' ? sql`select count(*) from sqlite_master` : sql`select 1`).execute(db);
  } finally {
    await db.destroy().catch(() => undefined);
  }
};

/** Whether the database answers; changes nothing in it. */
export const checkDatabase = async ({ database: location }: Config): Promise<Finding[]> => {
  const where = location.kind === 'sqlite' ? location.file : `PostgreSQL at ${new URL(location.url).host}`;
  if (location.kind === 'sqlite' && !existsSync(location.file)) return [database.ok(`${where} is made at the first start`)];
  try {
    await ask(location);
    return [database.ok(`${where} answers`)];
  } catch (error) {
    return [database.fail(`${where} does not answer (${codeOf(error)})`, remedyOf(location))];
  }
};
