import type { Router } from 'express';
import { auditSeals, checkpointPath } from './audit-keeping';
import type { Config } from './config';
import type { Database } from './database/database';
import { recordsOfAccount, type AccountEvent } from './features/audit/account-events';
import { createChainReader } from './features/audit/chain-reader';
import { readCheckpoints } from './features/audit/checkpoint-reader';
import { checkpointEvent, checkpointFile, createCheckpoints } from './features/audit/checkpoints';
import { createDenials } from './features/audit/denials';
import { createAuditHandlers } from './features/audit/handlers';
import { comesBefore, recordsOfHunt, type HuntEvent } from './features/audit/hunt-events';
import { createNotes } from './features/audit/notes';
import { createPersonNames } from './features/audit/person-names';
import { auditRoutes } from './features/audit/routes';
import { createTrail } from './features/audit/trail';
import { unknownKeys } from './features/audit/unknown-keys';
import { verifyChain } from './features/audit/verify';
import { createWriter } from './features/audit/writer';
import type { ReportError } from './http/error-handler';
import type { Facts, Logging } from './logging';

export interface AuditParts {
  readonly config: Pick<Config, 'dataDir' | 'auditKeys' | 'signIn'>;
  readonly db: Database;
  readonly logging: Pick<Logging, 'event' | 'failure'>;
  readonly isConnected: (tenantId: string) => Promise<boolean>;
  readonly clock?: () => number;
}

export interface Audit {
  readonly routes: Router;
  /** Signing in, connecting, roles: into the log and the trail. */
  readonly recordAccount: (event: AccountEvent) => void;
  /** Hunting: into the log and the trail. */
  readonly recordHunt: (event: HuntEvent) => Promise<void>;
  /** Refusals that ended on the error page. */
  readonly recordDenial: ReportError;
  readonly close: () => Promise<void>;
}

/** Plain facts of an event, for the log. */
const logged = (event: object): Facts =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)));

const writing = ({ config, db, logging, clock = Date.now }: AuditParts) => {
  const seals = auditSeals(config);
  const file = checkpointFile(checkpointPath(config.dataDir));
  const toLog = (facts: object): void => logging.event(checkpointEvent, { ...facts });
  const checkpoints = createCheckpoints({ seals, clock, sinks: [file, toLog], report: logging.failure });
  const writer = createWriter({ db, seals, checkpoints, clock });
  const notes = createNotes({ writer, clock, report: logging.failure });
  const close = async (): Promise<void> => {
    await notes.close();
    await writer.idle();
    await checkpoints.close();
  };
  return { seals, writer, notes, close };
};

/** The audit trail: what is told to it, and the pages that show it. */
export const composeAudit = (parts: AuditParts): Audit => {
  const { config, db, logging, isConnected, clock = Date.now } = parts;
  const { seals, writer, notes, close } = writing(parts);
  const reader = createChainReader(db);
  const hasChain = async (id: string) => (await isConnected(id)) || (await reader.head(id)) !== undefined;
  const ports = { nameOf: createPersonNames(db), hasChain };
  const pending = new Set<Promise<void>>();
  const inBackground = (work: Promise<void>, failed = 'audit-record-failed'): void => {
    const watched = work.catch((error: unknown) => logging.failure(failed, error)).finally(() => pending.delete(watched));
    pending.add(watched);
  };
  const keys = unknownKeys(reader, seals).then((ids) => {
    if (ids.length > 0) logging.failure('audit-key-missing', undefined, { keys: ids.join(' ') });
  });
  inBackground(keys, 'audit-keys-not-checked');
  const { redirectUri, consentRedirectUri } = config.signIn;
  const denials = createDenials({ recordedElsewhere: [redirectUri, consentRedirectUri].map((uri) => new URL(uri).pathname), clock });
  const check = async (chain: string) => {
    const { vouched } = await readCheckpoints([checkpointPath(config.dataDir)], seals);
    return verifyChain(chain, { reader, seals, chains: await reader.chains(), vouched });
  };
  const shown = { trail: createTrail(db), append: writer.append, note: notes.note, check, clock };
  return Object.freeze({
    routes: auditRoutes(createAuditHandlers(shown), shown),
    recordAccount: (event: AccountEvent) => {
      const { action, ...facts } = event;
      logging.event(action, logged(facts));
      inBackground(recordsOfAccount(event, ports).then(notes.note));
    },
    recordHunt: async (event: HuntEvent) => {
      const { action, by, runId } = event;
      logging.event(action, { tenantId: by.tenantId, objectId: by.objectId, runId, organizations: event.tenants.length });
      const records = recordsOfHunt(event);
      await (comesBefore(event) ? writer.append(records) : notes.note(records));
    },
    recordDenial: ({ error, req }: Parameters<ReportError>[0]) => {
      const denied = denials(error, req);
      if (denied) inBackground(notes.note([denied]));
    },
    close: async () => {
      await Promise.all(pending);
      await close();
    },
  });
};
