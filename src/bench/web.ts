import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { createVisitor, type Visitor } from './visitor';

const seconds = Number(process.env['BENCH_SECONDS'] ?? 10);
const connections = 10;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Starts a program and resolves with the first match of `pattern` in what it prints. */
const startProgram = (
  file: string,
  environment: NodeJS.ProcessEnv,
  pattern: RegExp,
): Promise<{ child: ChildProcess; match: RegExpExecArray }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(__dirname, file)], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const match = pattern.exec(said);
      if (match) resolve({ child, match });
    });
    child.once('exit', (code) => reject(new Error(`${file} ended (${code}):\n${said}`)));
  });

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

const rate = async (url: string, cookie: string): Promise<number> => {
  const shoot = (duration: number) => autocannon({ url, connections, duration, headers: { cookie } });
  await shoot(Math.min(3, seconds));
  const { requests, non2xx, errors } = await shoot(seconds);
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} answers were not 2xx, ${errors} failed`);
  return requests.average;
};

const measureBare = async (): Promise<{ form: number; rows: number }> => {
  const { child, match } = await startProgram('bare-app.js', {}, /"port":(\d+)/);
  const url = `http://127.0.0.1:${match[1]}`;
  const cookie = ((await fetch(`${url}/sign-in`)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const form = await rate(`${url}/form`, cookie);
  const rows = await rate(`${url}/rows`, cookie);
  await end(child);
  return { form, rows };
};

const query = 'DeviceProcessEvents | project Timestamp, DeviceName, FileName, ProcessCommandLine, AccountName, ProcessId | take 100';

const runOf = async (visitor: Visitor, url: string): Promise<string> => {
  const location = await visitor.post(`${url}/hunting/runs`, { query, timespan: 'P30D' });
  for (;;) {
    const run = JSON.parse(await visitor.text(`${location}.json`)) as { state: string; rows: number };
    if (run.state === 'done' && run.rows === 100) return location;
    if (run.state !== 'queued' && run.state !== 'running') throw new Error(`the run ended ${run.state} with ${run.rows} rows`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const startQuarry = async (dataDir: string) => {
  const [port, labPort] = [await freePort(), await freePort()];
  const began = Date.now();
  const environment = { PORT: String(port), LAB_PORT: String(labPort), DATA_DIR: dataDir, LAB_EVENTS: '20000' };
  const { child } = await startProgram('../server.js', environment, /"event":"listening"/);
  return { child, url: `http://localhost:${port}`, milliseconds: Date.now() - began };
};

const measureQuarry = async (): Promise<{ form: number; rows: number; listening: number }> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'quarry-bench-'));
  try {
    await end((await startQuarry(dataDir)).child);
    const { child, url, milliseconds } = await startQuarry(dataDir);
    const visitor = createVisitor();
    await visitor.signIn(`${url}/hunting`, 'analyst@contoso.example');
    const run = await runOf(visitor, url);
    const form = await rate(`${url}/hunting`, visitor.cookie());
    const rows = await rate(run, visitor.cookie());
    await end(child);
    return { form, rows, listening: milliseconds };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};

export interface WebMeasurement {
  readonly what: string;
  readonly quarry: number;
  readonly bare: number;
  readonly ratio: number;
  readonly target: number;
}

/** Signed-in pages against a bare app in the same run (requests a second, ten connections), and how long a start takes. */
export const benchWeb = async (): Promise<{ readonly pages: readonly WebMeasurement[]; readonly listeningMs: number }> => {
  const bare = await measureBare();
  const quarry = await measureQuarry();
  const page = (what: string, name: 'form' | 'rows', target: number): WebMeasurement => ({
    what,
    quarry: Math.round(quarry[name]),
    bare: Math.round(bare[name]),
    ratio: Math.round((quarry[name] / bare[name]) * 100) / 100,
    target,
  });
  return {
    pages: [page('the query form', 'form', 0.6), page('a page of 100 rows', 'rows', 0.5)],
    listeningMs: quarry.listening,
  };
};

if (require.main === module) {
  benchWeb().then(
    (measured) => console.log(JSON.stringify(measured, null, 2)),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
