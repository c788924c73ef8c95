import { createServer, type Server } from 'node:http';
import type { Composition } from './composition';
import { ConfigError, loadConfig, readEnvironment, type Config } from './config';
import { createKeyRing, keptSecrets, type KeyRing } from './database/key-ring';
import { LabError, startLab, type Lab } from './lab-process';
import { createLogging, type Logging } from './logging';
import { describeStart, portProblem } from './start-messages';
import { upstreamsOf } from './upstreams';

/** In-flight requests get this long after a stop was asked for; then the process ends all the same. */
const graceMs = 25_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Slow or silent clients are cut: Node checks its own limits only every 30 s unless told otherwise. */
const limits = {
  connectionsCheckingInterval: 500,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
} as const;

const listen = (server: Server, { port, host }: Config['listen']): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portProblem(error, port) ?? error));
    server.listen({ port, host }, resolve);
  });

const startLabOf = (config: Config, keys: KeyRing): Promise<Lab | undefined> =>
  config.lab ? startLab({ config, keys, onProgress: (text) => say(`lab: ${text}`) }) : Promise.resolve(undefined);

interface Running {
  readonly server: Server;
  readonly composition: Composition;
  readonly lab: Lab | undefined;
  readonly logging: Logging;
}

/** A kept-alive connection goes as soon as its last answer has: waiting for its timeout would hold up the stop. */
const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const sweeping = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweeping);
      resolve();
    });
  });

/** Stops in order: readiness off, no new work, requests in flight end, then the parts. */
const stop = async ({ server, composition, lab, logging }: Running): Promise<void> => {
  composition.drain();
  logging.event('stopping');
  await closeServer(server);
  await composition.close();
  await lab?.stop();
  logging.event('stopped');
  logging.flush();
};

const stopOnSignal = (running: Running): void => {
  let stopping = false;
  const begin = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), graceMs).unref();
    stop(running).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
};

const start = async (): Promise<void> => {
  const began = Date.now();
  // What Quarry writes is for its own account alone.
  process.umask(0o077);
  const config = loadConfig(readEnvironment());
  const logging = createLogging({ level: config.logLevel });
  const keys = createKeyRing(config.sessionKeys ?? keptSecrets(config.dataDir));
  // The lab starts while our own modules load: they are the larger half of a start.
  const [lab, { compose }] = await Promise.all([startLabOf(config, keys), import('./composition.js')]);
  const composition = await compose({
    config,
    keys,
    logging,
    upstreams: upstreamsOf(config, lab),
    lab: lab !== undefined,
  });
  const server = createServer(limits, composition.app);
  server.maxConnections = 2_000;
  stopOnSignal({ server, composition, lab, logging });
  await listen(server, config.listen);
  logging.event('listening', { port: config.listen.port, milliseconds: Date.now() - began });
  say(describeStart(config, lab));
  await composition.warm();
};

start().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof LabError || error instanceof Error;
  process.stderr.write(`${expected ? (error as Error).message : String(error)}\n`);
  process.exit(1);
});
