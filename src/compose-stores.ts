import type { Config } from './config';
import { openDatabase, type Database } from './database/database';
import { createEnvelope } from './database/encryption';
import type { KeyRing } from './database/key-ring';
import { createLeases } from './database/leases';
import { createPendingSignIns } from './database/pending-sign-ins';
import { createSessions } from './database/sessions';
import { createTokenRecords } from './database/token-records';
import type { PendingSignIn } from './features/auth/ports';
import { createRoleStore } from './features/auth/role-store';
import { createWithdrawalStore } from './features/auth/withdrawal-store';
import { createCheckStore } from './features/tenants/board/check-store';
import { createDisconnectionStore } from './features/tenants/disconnect/disconnection-store';
import { createTenantStore } from './features/tenants/store';
import { createWebSessions } from './http/sessions';
import type { Logging } from './logging';

type StoreConfig = Pick<Config, 'sessions' | 'secureCookies'>;

/** The stores over an open database; the one place that knows how they are made. */
export const createStores = (db: Database, { config, keys }: { readonly config: StoreConfig; readonly keys: KeyRing }) => {
  const envelope = createEnvelope(keys);
  const sessions = createSessions({ db, limits: config.sessions });
  return {
    sessions,
    pending: createPendingSignIns<PendingSignIn>({ db, envelope }),
    leases: createLeases({ db }),
    tokens: createTokenRecords({ db, envelope }),
    tenants: createTenantStore({ db }),
    roles: createRoleStore({ db }),
    withdrawals: createWithdrawalStore({ db }),
    checks: createCheckStore({ db }),
    disconnections: createDisconnectionStore({ db }),
    webSessions: createWebSessions({ records: sessions, secure: config.secureCookies }),
  };
};

interface StoreInputs {
  readonly config: StoreConfig & Pick<Config, 'database'>;
  readonly keys: KeyRing;
  readonly logging: Pick<Logging, 'failure'>;
}

const pruneEveryMs = 5 * 60_000;

/** Everything that keeps state, pruned now and then. Rejects when it cannot be opened or brought up to date. */
export const openStores = async ({ config, keys, logging }: StoreInputs) => {
  const database = await openDatabase(config.database, (error) => logging.failure('database-connection-lost', error));
  const stores = createStores(database.db, { config, keys });
  const prune = (): void => {
    const { sessions, pending, leases } = stores;
    Promise.all([sessions.prune(), pending.prune(), leases.prune()]).catch((error: unknown) => logging.failure('prune-failed', error));
  };
  prune();
  const pruning = setInterval(prune, pruneEveryMs).unref();
  const close = (): Promise<void> => {
    clearInterval(pruning);
    return database.close();
  };
  return { database, ...stores, close };
};

export type Stores = Awaited<ReturnType<typeof openStores>>;
