import { join } from 'node:path';
import type { Config } from './config';
import { createKeyRing, keptSecrets } from './database/key-ring';
import { createSeals } from './features/audit/seal';

/** The second sink: where checkpoints are kept besides the log. */
export const checkpointPath = (dataDir: string): string => join(dataDir, 'audit-checkpoints.ndjson');

/** The key is never in the database: it comes by `AUDIT_KEY`, or lies in the data folder. Those of the sessions may change without it. */
export const auditSeals = ({ auditKeys, dataDir }: Pick<Config, 'auditKeys' | 'dataDir'>) =>
  createSeals(createKeyRing(auditKeys ?? keptSecrets(dataDir, 'audit-key')));
