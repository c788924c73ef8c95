import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { aFolder } from '../support/a-folder';
import { aFreePort } from '../support/a-free-port';
import { aServerProcess, type ServerProcess } from '../support/a-server-process';

const folder = aFolder();
let folders = 0;
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ ended }) => ended));
});

const start = async (environment: Record<string, string> = {}): Promise<ServerProcess> => {
  folders += 1;
  const home = join(folder, String(folders));
  mkdirSync(home, { recursive: true });
  const cloud = { LAB: 'off', AZURE_CLIENT_ID: 'quarry', AZURE_CLIENT_SECRET: 'x'.repeat(40) };
  const server = await aServerProcess({ DATA_DIR: home, ...cloud, ...environment });
  running.push(server);
  return server;
};

const reads = (socket: ReturnType<typeof connect>): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => void (text += String(chunk)));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });

describe('the program', () => {
  it('listens, answers the operator, and ends in order when asked to', async () => {
    const server = await start();
    await server.says('"event":"listening"');
    for (const [path, body] of [
      ['/healthz', 'ok\n'],
      ['/readyz', 'ready\n'],
    ]) {
      const answer = await fetch(`${server.url}${path}`);
      expect([answer.status, await answer.text(), answer.headers.get('set-cookie')]).toEqual([200, body, null]);
    }
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.said()).toContain('"event":"stopped"');
  });

  it('finishes the request in flight before it ends', async () => {
    const server = await start();
    await server.says('"event":"listening"');
    const { hostname, port, origin } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const answer = reads(socket);
    const body = 'query=print+1';
    socket.write(
      `POST /hunting/runs HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    await fetch(`${server.url}/healthz`);
    server.child.kill('SIGTERM');
    await server.says('"event":"stopping"');
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    socket.write(body.slice(5));
    expect(await answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(await server.ended).toBe(0);
  });

  it('says which port is in use', async () => {
    const taken = createServer();
    const port = await aFreePort();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    const server = await start({ PORT: String(port), HOST: '127.0.0.1' });
    expect(await server.ended).toBe(1);
    expect(server.said()).toContain(`Port ${port} is in use by another program.`);
    await new Promise((resolve) => taken.close(resolve));
  });

  it('does not start with an unsafe configuration, and says all that is wrong', async () => {
    const server = await start({ NODE_ENV: 'production', SESSION_KEYS: 'changeme' });
    expect(await server.ended).toBe(1);
    expect(server.said()).toMatch(/BASE_URL must be https/);
    expect(server.said()).toMatch(/SESSION_KEYS holds a weak key/);
    expect(server.said()).not.toContain('changeme');
  });

  it('keeps the keys that it made, so that sessions survive a restart', async () => {
    const home = join(folder, 'kept');
    mkdirSync(home);
    const keys: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      const server = await start({ DATA_DIR: home });
      await server.says('"event":"listening"');
      keys.push(readFileSync(join(home, 'session-keys'), 'utf8'));
      server.child.kill('SIGINT');
      expect(await server.ended).toBe(0);
    }
    expect(keys[0]).toBe(keys[1]);
  });

  it('reads .env of its folder, below the environment', async () => {
    const home = join(folder, 'env');
    mkdirSync(home);
    writeFileSync(join(home, '.env'), 'LOG_LEVEL=shouting\nLAB=off\n');
    const server = await start({ DATA_DIR: home });
    expect(await server.ended).toBe(1);
    expect(server.said()).toContain('LOG_LEVEL');
  });
});
