import { Router, type Express } from 'express';
import { createApp } from './app';
import { composeHunting } from './compose-hunting';
import { composeSignIn } from './compose-sign-in';
import type { Config } from './config';
import { openDatabase } from './database/database';
import { createEnvelope } from './database/encryption';
import type { KeyRing } from './database/key-ring';
import { createLeases } from './database/leases';
import { createPendingSignIns } from './database/pending-sign-ins';
import { createSessions } from './database/sessions';
import { createTokenRecords } from './database/token-records';
import type { PendingSignIn } from './features/auth/ports';
import { entityRoutes } from './features/entities/routes';
import { homeRoutes } from './features/home/routes';
import { createTenantStore } from './features/tenants/store';
import { healthRoutes } from './http/health';
import { createMetrics } from './http/metrics';
import { sessionMiddleware } from './http/middleware/session';
import { createWebSessions } from './http/sessions';
import type { Logging } from './logging';
import { firstSteps } from './start-messages';
import { labNotice } from './lab-notice';
import type { Lab } from './lab-process';
import type { Upstreams } from './upstreams';

export interface Composition {
  readonly app: Express;
  /** What may happen after listening: taking up interrupted work, warming slow parts. */
  readonly warm: () => Promise<void>;
  /** Readiness says no from here on. */
  readonly drain: () => void;
  /** Ends what was opened, in the reverse order. */
  readonly close: () => Promise<void>;
}

export interface CompositionInputs {
  readonly config: Config;
  readonly keys: KeyRing;
  readonly upstreams: Upstreams;
  readonly logging: Logging;
  /** The lab stands in for the cloud: pages say so, and its schema is exactly ours. */
  readonly lab: Pick<Lab, 'telemetry' | 'alive'> | undefined;
}

const navigation = [
  { label: 'Hunt', href: '/hunting', prefix: '/hunting' },
  { label: 'Runs', href: '/hunting/history', prefix: '/hunting/history' },
  { label: 'Tables', href: '/schema', prefix: '/schema' },
  { label: 'Organizations', href: '/tenants', prefix: '/tenants' },
];

const homeView = (lab: boolean) => ({
  signInHref: '/auth/signin',
  connectHref: '/connect',
  lab: lab ? { account: firstSteps.account, query: firstSteps.query } : null,
});

const pruneEveryMs = 5 * 60_000;

/** Everything that keeps state: the one place that knows the database. */
const openStores = async ({ config, keys, logging }: CompositionInputs) => {
  const database = await openDatabase(config.database, (error) => logging.failure('database-connection-lost', error));
  const { db } = database;
  const envelope = createEnvelope(keys);
  const sessions = createSessions({ db, limits: config.sessions });
  const pending = createPendingSignIns<PendingSignIn>({ db, envelope });
  const leases = createLeases({ db });
  const prune = (): void => {
    Promise.all([sessions.prune(), pending.prune(), leases.prune()]).catch((error: unknown) => logging.failure('prune-failed', error));
  };
  prune();
  const pruning = setInterval(prune, pruneEveryMs).unref();
  const close = (): Promise<void> => {
    clearInterval(pruning);
    return database.close();
  };
  return { database, sessions, pending, leases, tokens: createTokenRecords({ db, envelope }), close };
};

type Stores = Awaited<ReturnType<typeof openStores>>;

const checksOf = ({ database }: Stores, lab: CompositionInputs['lab']) => ({
  database: database.ping,
  ...(lab && { lab: () => (lab.alive() ? Promise.resolve() : Promise.reject(new Error('the lab has ended'))) }),
});

const signInOf = ({ config, upstreams, logging }: CompositionInputs, stores: Stores) => {
  return composeSignIn({
    config,
    upstreams,
    stores: {
      ...stores,
      tenants: createTenantStore({ db: stores.database.db }),
      sessions: createWebSessions({ records: stores.sessions, secure: config.secureCookies }),
      endSession: stores.sessions.endByHandle,
    },
    allowedTenants: config.allowedTenants,
    record: ({ action, ...facts }) => logging.event(action, facts),
    reportFailure: logging.failure,
  });
};

/** Builds the whole program from its configuration: clients, stores, services, app. The only caller of factories. */
export const compose = async (inputs: CompositionInputs): Promise<Composition> => {
  const { config, keys, upstreams, logging, lab } = inputs;
  const stores = await openStores(inputs);
  const signIn = signInOf(inputs, stores);
  const hunting = composeHunting({
    config,
    upstreams,
    db: stores.database.db,
    tokens: signIn.accessTokens,
    tenants: signIn.directory,
    knowsAllNames: lab !== undefined,
    report: logging.failure,
  });
  const metrics = createMetrics();
  let stopping = false;
  const app = createApp({
    origin: config.baseUrl,
    secure: config.secureCookies,
    trustedProxies: config.trustedProxies,
    formTargets: [new URL(upstreams.authorityHost).origin],
    navigation,
    notice: () => (lab ? labNotice(lab.telemetry()) : null),
    accessLog: (req, res, next) => metrics.count(req, res, () => logging.accessLog(req, res, next)),
    reportError: logging.reportError,
    health: Router().use(metrics.routes, healthRoutes({ checks: checksOf(stores, lab), stopping: () => stopping })),
    sessionless: [signIn.sessionless],
    session: sessionMiddleware({
      records: stores.sessions,
      cookieKeys: keys.map((key) => key.derive('cookies').toString('base64url')),
      secure: config.secureCookies,
    }),
    features: [homeRoutes(homeView(lab !== undefined)), signIn.routes, hunting.routes, entityRoutes({ cloud: !lab })],
  });
  return {
    app,
    warm: hunting.start,
    drain: () => {
      stopping = true;
    },
    close: async () => {
      metrics.stop();
      await hunting.close();
      await signIn.close();
      await stores.close();
    },
  };
};
