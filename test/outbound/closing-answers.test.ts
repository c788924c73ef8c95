import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { createOutbound } from '../../src/outbound';

const outbound = createOutbound({ connectMs: 5_000, connections: 8, pipelining: 1 });
const bytesOf = (url = '/'): number => Number(new URL(url, 'http://x').pathname.slice(1));
let server: Server;
let origin = '';

beforeAll(async () => {
  server = createServer((asked, answer) => {
    const size = bytesOf(asked.url);
    answer.setHeader('connection', 'close');
    // Half of them are ended by closing alone.
    if (asked.url?.includes('length')) answer.setHeader('content-length', size);
    else answer.useChunkedEncodingByDefault = false;
    answer.end(Buffer.alloc(size, 'x'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await outbound.close();
  await new Promise((resolve) => server.close(resolve));
});

const read = async (path: string): Promise<number> => {
  const { body } = await request(`${origin}${path}`, { dispatcher: outbound });
  let bytes = 0;
  for await (const chunk of body) {
    bytes += (chunk as Buffer).length;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return bytes;
};

test('an answer that is read slowly, and behind which the connection closes, comes whole', async () => {
  for (let size = 50_000; size < 600_000; size += 11_111) {
    expect(await read(`/${size}?length`)).toBe(size);
    expect(await read(`/${size}`)).toBe(size);
  }
});
