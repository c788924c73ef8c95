import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compose } from '../../src/composition';
import { loadConfig } from '../../src/config';
import { createKeyRing } from '../../src/database/key-ring';
import { createLogging } from '../../src/logging';
import { upstreamsOf } from '../../src/upstreams';
import { aConnectProxy } from '../support/a-connect-proxy';
import { aFolder } from '../support/a-folder';

const folder = aFolder();

test('the server as it ships signs people in through the proxy of its configuration', async () => {
  const proxy = await aConnectProxy(403);
  const config = loadConfig({
    DATA_DIR: folder,
    AZURE_CLIENT_ID: '9e5c7c4a-8fcf-45f4-901e-7f6261da085a',
    AZURE_CLIENT_SECRET: 'a-secret-of-the-tests-alone',
    AZURE_AUTHORITY_HOST: 'https://login.quarry.invalid',
    HTTPS_PROXY: proxy.address,
  });
  const logging = createLogging({ level: 'silent' });
  const composition = await compose({
    config,
    keys: createKeyRing(['x'.repeat(43)]),
    upstreams: upstreamsOf(config),
    logging,
    lab: undefined,
  });
  const server = createServer(composition.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/auth/signin`, { redirect: 'manual' });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(proxy.asked()).toContain('login.quarry.invalid:443');
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
  await composition.close();
  await proxy.close();
});
