import { Router, type Express } from 'express';
import { createApp } from './app';
import { composeAudit, type Audit } from './compose-audit';
import { composeDisconnect, disconnectPages } from './compose-disconnect';
import { composeHunting, type Hunting } from './compose-hunting';
import { openStores, type Stores } from './compose-stores';
import { composeSignIn, type SignIn } from './compose-sign-in';
import { composeTenants, type TenantParts } from './compose-tenants';
import type { Config } from './config';
import type { KeyRing } from './database/key-ring';
import { standingGate } from './features/auth/standing-gate';
import { entityRoutes } from './features/entities/routes';
import { homeRoutes } from './features/home/routes';
import type { TenantId } from './http/current-user';
import type { ReportError } from './http/error-handler';
import { healthRoutes } from './http/health';
import { createMetrics } from './http/metrics';
import { onPaths } from './http/on-path';
import { sessionMiddleware } from './http/middleware/session';
import type { NavigationItem } from './http/page-frame';
import { credentialFacts } from './credential-facts';
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

const navigation: readonly NavigationItem[] = [
  { label: 'Hunt', href: '/hunting', prefix: '/hunting', role: 'hunter' },
  { label: 'Runs', href: '/hunting/history', prefix: '/hunting/history' },
  { label: 'Tables', href: '/schema', prefix: '/schema' },
  { label: 'Organizations', href: '/tenants', prefix: '/tenants' },
  { label: 'Audit', href: '/audit', prefix: '/audit' },
];

const homeView = (lab: boolean) => ({
  signInHref: '/auth/signin',
  connectHref: '/connect',
  lab: lab ? { account: firstSteps.account, query: firstSteps.query } : null,
});

interface Built {
  readonly signIn: SignIn;
  readonly hunting: Hunting;
  readonly audit: Audit;
  readonly reportError: ReportError;
}

const checksOf = ({ database }: Stores, lab: CompositionInputs['lab']) => ({
  database: database.ping,
  ...(lab && { lab: () => (lab.alive() ? Promise.resolve() : Promise.reject(new Error('the lab has ended'))) }),
});

const auditOf = ({ config, logging }: CompositionInputs, { database: { db }, tenants }: Stores): Audit =>
  composeAudit({ config, db, logging, isConnected: async (id) => (await tenants.find(id as TenantId)) !== undefined });

const signInOf = ({ config, upstreams, logging }: CompositionInputs, stores: Stores, audit: Audit) => {
  return composeSignIn({
    config,
    upstreams,
    stores: {
      ...stores,
      sessions: stores.webSessions,
      endSession: stores.sessions.endByHandle,
    },
    allowedTenants: config.allowedTenants,
    record: audit.recordAccount,
    reportFailure: logging.failure,
  });
};

const tenantsOf = (inputs: CompositionInputs, stores: Stores, parts: Pick<TenantParts, 'signIn' | 'hunting' | 'record'>) => {
  const { config, upstreams, logging } = inputs;
  return composeTenants({
    ...parts,
    config,
    upstreams,
    stores: { tenants: stores.tenants, checks: stores.checks, sessions: stores.webSessions },
    credential: credentialFacts(upstreams, config.signIn.clientSecretExpires),
    allowedTenants: config.allowedTenants,
    reportFailure: logging.failure,
  });
};

const huntingOf = (
  { config, upstreams, logging, lab }: CompositionInputs,
  stores: Stores,
  { signIn, audit }: { readonly signIn: SignIn; readonly audit: Audit },
) =>
  composeHunting({
    config,
    upstreams,
    db: stores.database.db,
    tokens: {
      acquire: async (request) => {
        await signIn.roles.assertStillHunter(request.user, request.tenantId);
        return signIn.accessTokens.acquire(request);
      },
    },
    tenants: signIn.directory,
    knowsAllNames: lab !== undefined,
    report: logging.failure,
    record: audit.recordHunt,
  });

const sessionOf = ({ config, keys }: CompositionInputs, stores: Stores, signIn: SignIn) =>
  sessionMiddleware({
    records: stores.sessions,
    cookieKeys: keys.map((key) => key.derive('cookies').toString('base64url')),
    secure: config.secureCookies,
    unassigned: config.rolesWhenUnassigned,
    onOldRoles: signIn.roles.reread,
  });

/** Disconnecting, and the gate before everything for people who may do nothing. */
const accessOf = ({ config, logging }: CompositionInputs, stores: Stores, built: Built) => {
  const { signIn, hunting, audit, reportError } = built;
  const service = composeDisconnect({
    db: stores.database.db,
    stores,
    endByTenant: stores.sessions.endByTenant,
    withdrawals: signIn.withdrawals,
    removal: hunting.removal,
    record: audit.recordAccount,
    report: logging.failure,
  });
  const gate = standingGate({
    baseUrl: config.baseUrl,
    redirectUris: [config.signIn.redirectUri, config.signIn.consentRedirectUri],
    disconnectedAt: async (tenantId) => (await stores.disconnections.find(tenantId))?.requestedAt,
    report: reportError,
  });
  const routes = disconnectPages({ service, health: signIn.connecting.tenants.health, assertRole: signIn.roles.assertRole });
  return { service, gate: Router().use(gate), routes };
};

/** Builds the whole program from its configuration: clients, stores, services, app. The only caller of factories. */
export const compose = async (inputs: CompositionInputs): Promise<Composition> => {
  const { config, upstreams, logging, lab } = inputs;
  const stores = await openStores(inputs);
  const audit = auditOf(inputs, stores);
  const signIn = signInOf(inputs, stores, audit);
  const hunting = huntingOf(inputs, stores, { signIn, audit });
  const organizations = tenantsOf(inputs, stores, { signIn, hunting: hunting.health, record: audit.recordAccount });
  const reportError: ReportError = (entry) => {
    logging.reportError(entry);
    audit.recordDenial(entry);
  };
  const access = accessOf(inputs, stores, { signIn, hunting, audit, reportError });
  const metrics = createMetrics();
  let stopping = false;
  const app = createApp({
    origin: config.baseUrl,
    secure: config.secureCookies,
    trustedProxies: config.trustedProxies,
    formTargets: [new URL(upstreams.authorityHost).origin],
    navigation,
    notice: () => (lab ? labNotice(lab.telemetry()) : null),
    accessLog: logging.accessLog(metrics.count),
    reportError,
    health: onPaths({ ...metrics.routes, ...healthRoutes({ checks: checksOf(stores, lab), stopping: () => stopping }) }),
    sessionless: signIn.sessionless,
    session: sessionOf(inputs, stores, signIn),
    features: [
      access.gate,
      homeRoutes(homeView(lab !== undefined)),
      ...[access, signIn, organizations, hunting, audit].map(({ routes }) => routes),
      entityRoutes({ cloud: !lab }),
    ],
  });
  return {
    app,
    warm: () => Promise.all([hunting.start(), access.service.start()]).then(() => undefined),
    drain: () => {
      stopping = true;
    },
    close: async () => {
      metrics.stop();
      await organizations.close();
      await access.service.stop();
      await hunting.close();
      await signIn.close();
      await audit.close();
      await stores.close();
    },
  };
};
