import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composeAudit } from './compose-audit';
import { composeDisconnect } from './compose-disconnect';
import { createStores } from './compose-stores';
import { loadConfig, readEnvironment } from './config';
import { openDatabase, type Database } from './database/database';
import { createKeyRing, keptSecrets } from './database/key-ring';
import { createSessionCache } from './features/auth/session-cache';
import { createWithdrawals } from './features/auth/withdrawals';
import { systemClock } from './features/hunting/clock';
import { createKeptFolder } from './features/hunting/kept/kept-folder';
import { createTenantRemoval } from './features/hunting/removal/tenant-removal';
import { createRunStore } from './features/hunting/runs/run-store';
import { runTenantsProgram } from './features/tenants/disconnect/tenants-program';
import type { Config } from './config';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (event: string, error?: unknown): void =>
  void process.stderr.write(`${event}${error instanceof Error ? `: ${error.message}` : ''}\n`);

/** Nothing of hunting is under way in this process: a Quarry that runs hears of cancelled runs through the database. */
const noExecutor = { cancel: () => undefined, settled: () => Promise.resolve() };

const partsOf = (config: Config, db: Database) => {
  const stores = createStores(db, { config, keys: createKeyRing(config.sessionKeys ?? keptSecrets(config.dataDir)) });
  const audit = composeAudit({
    config,
    db,
    logging: { event: () => undefined, failure: complain },
    isConnected: () => Promise.resolve(true),
  });
  const withdrawals = createWithdrawals({
    store: stores.withdrawals,
    isDisconnected: stores.disconnections.stands,
    cache: createSessionCache(stores),
    record: audit.recordAccount,
    reportFailure: complain,
  });
  const kept = createKeptFolder({ dataDir: config.dataDir, leastFreeBytes: 0 });
  const service = composeDisconnect({
    db,
    stores,
    endByTenant: stores.sessions.endByTenant,
    withdrawals,
    removal: createTenantRemoval({ db, store: createRunStore(db), kept, executor: noExecutor, clock: systemClock }),
    record: audit.recordAccount,
    report: complain,
  });
  return { stores, service, audit };
};

const main = async (): Promise<number> => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { yes: { type: 'boolean' }, help: { type: 'boolean' } } });
  const config = loadConfig(readEnvironment());
  if (config.database.kind === 'sqlite' && !existsSync(config.database.file))
    throw new Error(`There is no database at ${config.database.file}.`);
  const database = await openDatabase(config.database);
  const { stores, service, audit } = partsOf(config, database.db);
  try {
    const wish = { words: values.help ? [] : positionals, yes: values.yes ?? false };
    return await runTenantsProgram(wish, { store: stores.tenants, disconnections: stores.disconnections, service, say });
  } finally {
    await audit.close();
    await database.close();
  }
};

main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    complain(error instanceof Error ? error.message : 'That could not be done.');
    process.exitCode = 2;
  },
);
