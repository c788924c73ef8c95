import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from '../support/a-folder';

const program = join(__dirname, '..', '..', 'dist', 'lab', 'main.js');

const root = aFolder();

interface Message {
  readonly type: string;
  readonly text: string;
  readonly url?: string;
  readonly accounts?: readonly { readonly username: string }[];
}

/** The lab as the program that ships starts it: a child that talks over IPC (the build in dist/). */
const aProgram = (environment: Record<string, string> = {}) => {
  const DATA_DIR = mkdtempSync(join(root, 'data-'));
  const child: ChildProcess = fork(program, [], {
    env: { PATH: process.env['PATH'], LAB_PORT: '0', DATA_DIR, LAB_EVENTS: '1000', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const messages: Message[] = [];
  child.on('message', (message) => messages.push(message as Message));
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => void (printed += String(chunk)));
  child.stdout?.on('data', (chunk: Buffer) => void (printed += String(chunk)));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // What it said last may still be on its way when it has ended.
  const heard = [child.stdout, child.stderr].map((stream) => new Promise((resolve) => stream?.once('end', resolve)));
  const ended = Promise.all([exit, ...heard]).then(([code]) => code as number | null);
  const ready = new Promise<Message>((resolve, reject) => {
    child.on('message', (message) => (message as Message).type === 'ready' && resolve(message as Message));
    void ended.then((code) => reject(new Error(`ended (${code}): ${printed}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, ended, messages, printed: () => printed };
};

test('announces where it is and who can sign in, answers, and ends with the program that started it', async () => {
  const { child, ready, ended, printed } = aProgram();
  const { url = '', accounts = [] } = await ready;
  expect(accounts.map(({ username }) => username)).toEqual(
    expect.arrayContaining(['analyst@contoso.example', 'admin@contoso.example', 'analyst@fabrikam.example', 'admin@fabrikam.example']),
  );
  const response = await fetch(`${url}/organizations/v2.0/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({ issuer: `${url}/{tenantid}/v2.0` });
  child.disconnect();
  expect(await ended).toBe(0);
  expect(printed()).toBe('');
});

test('ends on SIGTERM', async () => {
  const { child, ready, ended } = aProgram();
  await ready;
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a program that is gone before the lab listens takes it along', async () => {
  const { child, ended } = aProgram();
  child.disconnect();
  expect(await ended).toBe(0);
});

test('says in plain words that its port is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { ended, messages, printed } = aProgram({ LAB_PORT: String((taken.address() as AddressInfo).port) });
  expect(await ended).toBe(1);
  while (messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(messages.at(-1)).toMatchObject({ type: 'failed', text: expect.stringContaining('LAB_PORT') });
  expect(printed()).toContain('port is taken');
  await new Promise((resolve) => taken.close(resolve));
});

test('lists every problem of its environment', async () => {
  const { ended, printed } = aProgram({ LAB_PORT: 'x', LAB_SEED: 'short' });
  expect(await ended).toBe(1);
  expect(printed()).toMatch(/LAB_PORT[\s\S]*LAB_SEED/);
});
