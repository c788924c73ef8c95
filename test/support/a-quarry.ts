import { createServer, type Server } from 'node:http';
import { compose, type Composition } from '../../src/composition';
import { loadConfig } from '../../src/config';
import { createKeyRing, keptSecrets } from '../../src/database/key-ring';
import { startLab, type Lab } from '../../src/lab-process';
import { createLogging } from '../../src/logging';
import { upstreamsOf } from '../../src/upstreams';
import { freePort } from './a-server-process';

export interface Quarry {
  readonly baseUrl: string;
  readonly labUrl: string;
  /** Every line logged so far. */
  readonly logged: () => string;
  readonly composition: Composition;
  readonly close: () => Promise<void>;
}

const listen = (server: Server, port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

/** The whole of Quarry as it ships (configuration, composition, pipeline) in this process, and a real lab as a child beside it. */
export const aQuarry = async (dataDir: string, environment: Record<string, string> = {}): Promise<Quarry> => {
  const port = environment['PORT'] ?? String(await freePort());
  const config = loadConfig({ DATA_DIR: dataDir, LAB: 'on', LAB_PORT: '0', LAB_EVENTS: '20000', ...environment, PORT: port });
  const keys = createKeyRing(config.sessionKeys ?? keptSecrets(dataDir));
  const lines: string[] = [];
  const logging = createLogging({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } });
  const lab: Lab = await startLab({ config, keys, onProgress: () => {} });
  const composition = await compose({ config, keys, logging, upstreams: upstreamsOf(config, lab), lab: true });
  composition.warm().catch(() => {});
  const server = createServer(composition.app);
  await listen(server, Number(port));
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
    await composition.close();
    await lab.stop();
  };
  return {
    baseUrl: config.baseUrl,
    labUrl: lab.url,
    logged: () => lines.join(''),
    composition,
    close: () => (closing ??= close()),
  };
};
