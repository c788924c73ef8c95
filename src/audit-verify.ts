import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { auditSeals, checkpointPath } from './audit-keeping';
import { loadConfig, readEnvironment, type Config } from './config';
import { openDatabase } from './database/database';
import { createChainReader, recordsOf } from './features/audit/chain-reader';
import { readCheckpoints } from './features/audit/checkpoint-reader';
import { recordJson } from './features/audit/record-json';
import { verifyAll, type ExitCode } from './features/audit/verify-program';
import { createTenantStore } from './features/tenants/store';
import type { TenantId } from './http/current-user';

const help = `npm run --silent audit:verify [-- --checkpoints FILE ... | --records CHAIN]

Recalculates every record of the audit trail with the configuration that Quarry runs with, one line an organization.
--checkpoints  a further file of checkpoints: another instance's, or a copy of the log
--records      prints the records of one chain (an organization's id, or \`installation\`) as JSON lines instead, unchecked

Exit code 0: every chain is whole. 1: one is not, its first bad record is named. 2: something could not be checked.
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A key that is made now checks nothing, and a database that is made now holds nothing: both mean the wrong place. */
const assertThere = ({ auditKeys, dataDir, database }: Config): void => {
  if (database.kind === 'sqlite' && !existsSync(database.file)) throw new Error(`There is no database at ${database.file}.`);
  if (!auditKeys && !existsSync(`${dataDir}/audit-key`)) throw new Error(`There is no key: neither AUDIT_KEY nor ${dataDir}/audit-key.`);
};

const verify = async (more: readonly string[]): Promise<ExitCode> => {
  const config = loadConfig(readEnvironment());
  assertThere(config);
  const seals = auditSeals(config);
  // First what vouches, then what is vouched for: Quarry may go on writing meanwhile.
  const checkpoints = await readCheckpoints([checkpointPath(config.dataDir), ...more], seals);
  const { db, close } = await openDatabase(config.database);
  try {
    const reader = createChainReader(db);
    const tenants = createTenantStore({ db });
    const nameOf = async (chain: string) => (await tenants.find(chain as TenantId))?.name;
    return await verifyAll({ reader, seals, checkpoints, chains: await reader.chains(), nameOf, say });
  } finally {
    await close();
  }
};

const print = async (chain: string): Promise<ExitCode> => {
  const config = loadConfig(readEnvironment());
  assertThere(config);
  const { db, close } = await openDatabase(config.database);
  try {
    for await (const record of recordsOf(createChainReader(db), chain)) say(JSON.stringify(recordJson(record)));
    return 0;
  } finally {
    await close();
  }
};

const options = { checkpoints: { type: 'string', multiple: true }, records: { type: 'string' }, help: { type: 'boolean' } } as const;

const main = async (): Promise<ExitCode> => {
  const { values } = parseArgs({ options });
  if (values.records !== undefined) return print(values.records);
  if (!values.help) return verify(values.checkpoints ?? []);
  process.stdout.write(help);
  return 0;
};

main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'The audit trail could not be checked.'}\n`);
    process.exitCode = 2;
  },
);
