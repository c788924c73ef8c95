import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { signedInUser } from '../../http/current-user';
import { parseQuery } from '../../http/forms';
import { sendRecorded } from '../../http/send-recorded';
import { actorOf, type AuditEvent } from './audit-event';
import { exportFormats, type ExportFormat } from './export-texts';
import { scopeOf } from './policy';
import { auditAddress, queryStringOf, searchOf } from './schema';
import type { AuditRecord } from './seal';
import type { Trail } from './trail';

export interface AuditExportOptions {
  readonly trail: Trail;
  /** Resolves once it is durable, or rejects. */
  readonly append: (events: readonly AuditEvent[]) => Promise<void>;
  /** Of what cannot be undone: tried until it is durable. */
  readonly note: (events: readonly AuditEvent[]) => Promise<void>;
  readonly clock: () => number;
}

/** Counts what goes by. */
async function* counted(
  batches: AsyncIterable<readonly AuditRecord[]>,
  count: { records: number },
): AsyncGenerator<readonly AuditRecord[]> {
  for await (const batch of batches) {
    count.records += batch.length;
    yield batch;
  }
}

/** `GET /audit.csv` and `.ndjson`: all records that fit, streamed; that they were taken out is recorded. */
export const auditExport =
  ({ trail, append, note, clock }: AuditExportOptions, format: ExportFormat) =>
  async (req: Request, res: Response): Promise<void> => {
    const user = signedInUser(req);
    const scope = scopeOf(user);
    const { before: _before, ...address } = parseQuery(auditAddress, req);
    const count = { records: 0 };
    const { type, texts } = exportFormats[format];
    const when = new Date(clock()).toISOString().slice(0, 19).replaceAll(':', '');
    res.set({
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="quarry-audit-${when}Z.${format}"`,
      'Cache-Control': 'no-store',
    });
    const stream = Readable.from(texts(counted(trail.within(scope).all(searchOf(address)), count)));
    await sendRecorded(res, stream, (complete) => {
      const facts = { format, complete, records: count.records, everybody: scope.person === null, search: queryStringOf(address) };
      const event: AuditEvent = { chain: user.tenantId, action: 'audit-exported', actor: actorOf(user), ownData: true, facts };
      return complete ? append([event]) : note([event]);
    });
  };
