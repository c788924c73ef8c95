import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { aFreePort } from './a-free-port';

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything printed so far, both streams. */
  readonly said: () => string;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves when a line with this text was printed; rejects when the process ends first. */
  readonly says: (text: string) => Promise<void>;
}

const program = join(__dirname, '..', '..', 'dist', 'server.js');

/** Quarry as a process of its own, as `npm start` runs it (the build in dist/), with nothing of this environment but what is given. */
export const aServerProcess = async (environment: Record<string, string>): Promise<ServerProcess> => {
  const port = Number(environment['PORT'] ?? (await aFreePort()));
  const child = spawn(process.execPath, [program], {
    cwd: environment['DATA_DIR'],
    env: { PATH: process.env['PATH'], PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (chunk: Buffer): void => void (text += String(chunk));
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (text.includes(wanted) && resolve());
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      void ended.then((code) => reject(new Error(`ended (${code}) without saying "${wanted}":\n${text}`)));
      look();
    });
  return { child, url: `http://localhost:${port}`, said: () => text, ended, says };
};
