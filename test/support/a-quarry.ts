import { createServer, type Server } from 'node:http';
import { compose, type Composition } from '../../src/composition';
import { loadConfig } from '../../src/config';
import { createKeyRing, keptSecrets } from '../../src/database/key-ring';
import { startLab, type Lab } from '../../src/lab-process';
import { createLogging } from '../../src/logging';
import { upstreamsOf } from '../../src/upstreams';
import { aFreePort } from './a-free-port';

export interface Quarry {
  readonly baseUrl: string;
  /** Where this very process listens; the same unless BASE_URL says otherwise. */
  readonly address: string;
  readonly labUrl: string;
  readonly lab: Lab;
  /** Every line logged so far. */
  readonly logged: () => string;
  readonly composition: Composition;
  readonly close: () => Promise<void>;
}

const listen = (server: Server, port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

/**
 * The whole of Quarry as it ships (configuration, composition, pipeline) in this process, and a real lab as a child beside it:
 * one of its own, or `shared`, another one's.
 */
export const aQuarry = async (dataDir: string, environment: Record<string, string> = {}, shared?: Lab): Promise<Quarry> => {
  const port = environment['PORT'] ?? String(await aFreePort());
  const config = loadConfig({ DATA_DIR: dataDir, LAB: 'on', LAB_PORT: '0', LAB_EVENTS: '20000', ...environment, PORT: port });
  const keys = createKeyRing(config.sessionKeys ?? keptSecrets(dataDir));
  const lines: string[] = [];
  const logging = createLogging({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } });
  const lab = shared ?? (await startLab({ config, keys, onProgress: () => {} }));
  const composition = await compose({ config, keys, logging, upstreams: upstreamsOf(config, lab), lab });
  composition.warm().catch(() => {});
  const server = createServer(composition.app);
  await listen(server, Number(port));
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
    await composition.close();
    if (!shared) await lab.stop();
  };
  return {
    baseUrl: config.baseUrl,
    address: `http://localhost:${port}`,
    labUrl: lab.url,
    lab,
    logged: () => lines.join(''),
    composition,
    close: () => (closing ??= close()),
  };
};
