import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express, Router } from 'express';
import { composeSignIn, type SignIn } from '../../src/compose-sign-in';
import { openDatabase } from '../../src/database/database';
import { createEnvelope } from '../../src/database/encryption';
import { createKeyRing } from '../../src/database/key-ring';
import { createLeases } from '../../src/database/leases';
import { createPendingSignIns } from '../../src/database/pending-sign-ins';
import { createSessions } from '../../src/database/sessions';
import { createTokenRecords } from '../../src/database/token-records';
import { composeTenants } from '../../src/compose-tenants';
import { createCheckStore } from '../../src/features/tenants/board/check-store';
import type { HuntingHealth } from '../../src/features/tenants/ports';
import type { AppError } from '../../src/errors';
import type { PendingSignIn } from '../../src/features/auth/ports';
import { createRoleStore } from '../../src/features/auth/role-store';
import { createWithdrawalStore } from '../../src/features/auth/withdrawal-store';
import { createDisconnectionStore } from '../../src/features/tenants/disconnect/disconnection-store';
import { createTenantStore } from '../../src/features/tenants/store';
import type { TenantId } from '../../src/http/current-user';
import { sessionMiddleware } from '../../src/http/middleware/session';
import type { Unassigned } from '../../src/http/roles';
import { createWebSessions } from '../../src/http/sessions';
import { aFolder } from './a-folder';
import { anApp } from './an-app';

export interface IdentityAt {
  readonly authorityHost: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly certificatePath?: string | null;
}

/** A registration of its own at an identity service. */
export const registeredAt = (authorityHost: string): IdentityAt => ({
  authorityHost,
  clientId: randomUUID(),
  clientSecret: 'one of the tests',
});

export interface SigningInOptions {
  /** Given the app's own address, says whom it signs in with. */
  readonly identity: (baseUrl: string) => IdentityAt | Promise<IdentityAt>;
  readonly tenant?: string;
  readonly redirectPath?: string;
  readonly secure?: boolean;
  readonly allowedTenants?: readonly string[] | null;
  readonly unassigned?: Unassigned;
  readonly clock?: () => number;
  /** How hunting goes; unset: nothing was hunted, and a question is answered with one row. */
  readonly hunting?: Partial<HuntingHealth>;
  readonly features?: (app: { signIn: SignIn }) => readonly Router[];
  /** A database to share with another instance, or to start on again. */
  readonly folder?: string;
}

const secret = 'Zm9yIHRoZSB0ZXN0cyBhbG9uZSwgb25lIGtleSBvZiBtYW55IQ';

const idleHunting: HuntingHealth = {
  seen: () => Promise.resolve({ lastGood: null, lastFailure: null, tables: [] }),
  outlook: (tenantIds) => Promise.resolve(tenantIds.map(() => ({ callsLeft: 45, of: 45, pausedMs: 0, workedMs: 0, workLeftMs: null }))),
  ask: () => Promise.resolve({ ok: true, rows: 1, requestId: 'request-1' }),
};

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://localhost:${(server.address() as AddressInfo).port}`));
  });

const openStores = async (folder: string, clock: () => number) => {
  const database = await openDatabase({ kind: 'sqlite', file: join(folder, 'quarry.db') });
  const keys = createKeyRing([secret]);
  const envelope = createEnvelope(keys);
  const { db } = database;
  return {
    database,
    keys,
    sessions: createSessions({ db, limits: { idleMs: 3_600_000, absoluteMs: 43_200_000 }, clock }),
    pending: createPendingSignIns<PendingSignIn>({ db, envelope, clock }),
    tokens: createTokenRecords({ db, envelope, clock }),
    leases: createLeases({ db, clock }),
  };
};

/** The shipped pipeline with signing in over a real database and real MSAL, listening on loopback; only the identity service is the test's. */
export const aSigningInApp = async (options: SigningInOptions) => {
  const {
    tenant = 'organizations',
    redirectPath = '/auth/redirect',
    secure = false,
    allowedTenants = null,
    unassigned = 'hunter',
    clock = Date.now,
  } = options;
  const serving: { app?: Express } = {};
  const server = createServer((req, res) => void serving.app?.(req, res));
  const baseUrl = await listen(server);
  const identity = await options.identity(baseUrl);
  const folder = options.folder ?? aFolder();
  const stores = await openStores(folder, clock);
  const tenants = createTenantStore({ db: stores.database.db, clock });
  const events: unknown[] = [];
  const failures: unknown[] = [];
  const ports = {
    ...stores,
    tenants,
    disconnections: createDisconnectionStore({ db: stores.database.db, clock }),
    roles: createRoleStore({ db: stores.database.db, clock }),
    withdrawals: createWithdrawalStore({ db: stores.database.db, clock }),
    sessions: createWebSessions({ records: stores.sessions, secure }),
    endSession: stores.sessions.endByHandle,
  };
  const config = {
    baseUrl,
    secureCookies: secure,
    huntingProvider: 'graph' as const,
    rolesWhenUnassigned: unassigned,
    signIn: {
      clientId: null,
      clientSecret: null,
      clientSecretExpires: null,
      certificatePath: null,
      tenant,
      authorityHost: null,
      redirectUri: `${baseUrl}${redirectPath}`,
      consentRedirectUri: `${baseUrl}/connect/done`,
    },
  };
  const signIn = composeSignIn({
    config,
    upstreams: { certificatePath: null, ...identity },
    stores: ports,
    allowedTenants,
    record: (event) => events.push(event),
    reportFailure: (event, error) => failures.push({ event, error }),
    clock,
  });
  const organizations = composeTenants({
    config: {
      ...config,
      database: { kind: 'sqlite', file: '' },
      keeping: { days: 30, bytesPerUser: 1e9, bytesPerTenant: 5e9, leastFreeBytes: 0 },
      sessions: { idleMs: 3_600_000, absoluteMs: 43_200_000 },
    },
    upstreams: identity,
    stores: { tenants, checks: createCheckStore({ db: stores.database.db, clock }), sessions: ports.sessions },
    signIn,
    hunting: { ...idleHunting, ...options.hunting },
    credential: { kind: 'secret', endsAt: null },
    allowedTenants,
    record: (event) => events.push(event),
    reportFailure: (event, error) => failures.push({ event, error }),
    clock,
  });
  const cookieKeys = stores.keys.map((key) => key.derive('cookies').toString('base64url'));
  const built = anApp({
    origin: baseUrl,
    secure,
    formTargets: [identity.authorityHost],
    session: [...sessionMiddleware({ records: stores.sessions, cookieKeys, secure, unassigned, onOldRoles: signIn.roles.reread, clock })],
    sessionless: signIn.sessionless,
    features: [...(options.features?.({ signIn }) ?? []), signIn.routes, organizations.routes],
  });
  serving.app = built.app;
  const close = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
    await organizations.close();
    await signIn.close();
    await stores.database.close();
  };
  const tenantsFound = (tenantId: string) => tenants.find(tenantId as TenantId);
  return {
    baseUrl,
    identity,
    stores,
    tenants,
    tenantsFound,
    signIn,
    organizations,
    events,
    failures,
    errors: built.errors as AppError[],
    folder,
    app: built.app,
    close,
  };
};

export type SigningInApp = Awaited<ReturnType<typeof aSigningInApp>>;

export const sessionCount = (stores: { sessions: { count(): Promise<number> } }): Promise<number> => stores.sessions.count();
