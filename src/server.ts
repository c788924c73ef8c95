import { createServer, type Server } from 'node:http';
import type { Composition } from './composition';
import { loadConfig, readEnvironment, type Config } from './config';
import { createKeyRing, keptSecrets, type KeyRing } from './database/key-ring';
import { startLab, type Lab, type LabNews } from './lab-process';
import { createLogging, type Logging } from './logging';
import { describeStart, portProblem } from './start-messages';
import { upstreamsOf } from './upstreams';

/** Requests in flight get this long after a stop was asked for; then their connections are cut. */
const graceMs = 12_000;
/** And this long until the process ends whatever still hangs. */
const deadlineMs = 20_000;

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

const labNews: Readonly<Record<LabNews['what'], string>> = {
  ended: 'it has ended and is started again. Until it answers nobody can sign in or hunt.',
  back: 'it is back.',
  gone: 'it ends again and again, so it is left alone. Nobody can sign in or hunt until Quarry is started again.',
};

const tellOfLab =
  (logging: Logging) =>
  (news: LabNews): void => {
    if (news.what === 'back') logging.event('lab-back');
    else logging.failure(`lab-${news.what}`, undefined, news.what === 'ended' ? { ...news.end } : {});
    say(`lab: ${labNews[news.what]}`);
  };

const startLabOf = (config: Config, keys: KeyRing, logging: Logging): Promise<Lab | undefined> =>
  config.lab
    ? startLab({ config, keys, onProgress: (text) => say(`lab: ${text}`), onNews: tellOfLab(logging) })
    : Promise.resolve(undefined);

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
    const cutting = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(sweeping);
      clearTimeout(cutting);
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
    setTimeout(() => process.exit(1), deadlineMs).unref();
    stop(running).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
};

/** A failure that nothing caught: what it was is logged as any other (no message, no secret), and the process ends. */
const endOnBug = (logging: Logging): void => {
  const crash = (error: unknown): void => {
    logging.failure('crashed', error);
    logging.flush();
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
};

const start = async (): Promise<void> => {
  const began = Date.now();
  // What Quarry writes is for its own account alone.
  process.umask(0o077);
  const config = loadConfig(readEnvironment());
  const logging = createLogging({ level: config.logLevel });
  endOnBug(logging);
  const keys = createKeyRing(config.sessionKeys ?? keptSecrets(config.dataDir));
  // The lab starts while our own modules load: they are the larger half of a start.
  const [lab, { compose }] = await Promise.all([startLabOf(config, keys, logging), import('./composition.js')]);
  const composition = await compose({
    config,
    keys,
    logging,
    upstreams: upstreamsOf(config, lab),
    lab,
  });
  const server = createServer(limits, composition.app);
  server.maxConnections = 2_000;
  stopOnSignal({ server, composition, lab, logging });
  await listen(server, config.listen);
  logging.event('listening', { url: config.baseUrl, port: config.listen.port, milliseconds: Date.now() - began });
  if (lab) say(describeStart(config, lab));
  await composition.warm();
};

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'Quarry could not start.'}\n`);
  process.exit(1);
});
