import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '../../src/config';
import { createUpstream } from '../../src/defender/upstream/upstream';
import { createIdentityHttp } from '../../src/identity/http-client';
import { aCertificate } from '../support/a-certificate';
import { aConnectProxy } from '../support/a-connect-proxy';

const { certificate, key } = aCertificate();
const secure = createHttps({ cert: certificate, key }, (_req, res) => res.end('{}'));
const plain = createHttp((_req, res) => void res.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
const urls = { secure: '', plain: '' };

beforeAll(async () => {
  await Promise.all([secure, plain].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  urls.secure = `https://localhost:${(secure.address() as AddressInfo).port}`;
  urls.plain = `http://localhost:${(plain.address() as AddressInfo).port}`;
});
afterAll(() => Promise.all([secure, plain].map((server) => new Promise((resolve) => server.close(resolve)))));

/** Never reached, however busy the machine. */
const deadlines = { connect: 60_000, headers: 60_000, idle: 60_000, total: 60_000 };

/** One call by each of the two clients; what each of them came to. */
const callBoth = async (url: string, proxy: { address: string; except: string } | null): Promise<readonly unknown[]> => {
  const [http, upstream] = [createIdentityHttp({ proxy }), createUpstream(deadlines, proxy)];
  try {
    return await Promise.all([
      http.exchange({ method: 'GET', url, origins: new Set([new URL(url).origin]) }).then(
        ({ status }) => status,
        ({ code }: { code: string }) => code,
      ),
      upstream.send({ method: 'GET', url, headers: {}, maxBytes: 100 }).then(
        async (response) => (await response.text(), response.status),
        ({ reason }: { reason: string }) => reason,
      ),
    ]);
  } finally {
    await Promise.all([http.close(), upstream.close()]);
  }
};

test('calls to https addresses go through the proxy, those to plain http do not', async () => {
  const proxy = await aConnectProxy();
  const via = { address: proxy.address, except: '' };
  expect(await callBoth(urls.plain, via)).toEqual([200, 200]);
  expect(proxy.asked()).toEqual([]);
  // The certificate is nobody's, so the calls end behind the tunnel that was asked for.
  expect(await callBoth(urls.secure, via)).toEqual(['identity-unreachable', 'broken']);
  expect(proxy.asked()).toEqual([new URL(urls.secure).host, new URL(urls.secure).host]);
  await proxy.close();
});

test('hosts that are excepted are called directly', async () => {
  const proxy = await aConnectProxy();
  await callBoth(urls.secure, { address: proxy.address, except: '.example.com,localhost' });
  expect(proxy.asked()).toEqual([]);
  await proxy.close();
});

test('a proxy that refuses is told as such, not as a call that was cancelled or late', async () => {
  const proxy = await aConnectProxy(407);
  expect(await callBoth(urls.secure, { address: proxy.address, except: '' })).toEqual(['identity-proxy-refused', 'unsent']);
  await proxy.close();
  expect(await callBoth(urls.secure, { address: proxy.address, except: '' })).toEqual(['identity-unreachable', 'unsent']);
});

test.each([
  [{}, null],
  [{ HTTPS_PROXY: 'proxy.example:3128' }, { address: 'http://proxy.example:3128', except: '' }],
  [
    { HTTPS_PROXY: 'http://a:b@proxy.example', NO_PROXY: 'x.example' },
    { address: 'http://a:b@proxy.example', except: 'x.example' },
  ],
])('%j is read as %j', (environment, expected) => {
  expect(loadConfig(environment as Record<string, string>).proxy).toEqual(expected);
});

test('what is no address of a proxy is refused', () => {
  expect(() => loadConfig({ HTTPS_PROXY: 'ftp://proxy.example' })).toThrow('HTTPS_PROXY is not the address of a proxy');
});
