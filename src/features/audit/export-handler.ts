import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { signedInUser } from '../../http/current-user';
import { parseQuery } from '../../http/forms';
import { actorOf, type AuditEvent } from './audit-event';
import { exportFormats, type ExportFormat } from './export-texts';
import { scopeOf } from './policy';
import { auditAddress, queryStringOf, searchOf } from './schema';
import type { AuditRecord } from './seal';
import type { Trail } from './trail';

export interface AuditExportOptions {
  readonly trail: Trail;
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

/** Whether all of it was sent. A failure half-way breaks the connection. */
const send = async (res: Response, texts: AsyncIterable<string>): Promise<boolean> => {
  try {
    await pipeline(Readable.from(texts), res);
    return true;
  } catch (error) {
    if (!res.headersSent) throw error;
    return false;
  }
};

/** `GET /audit.csv` and `.ndjson`: all records that fit, streamed; that they were taken out is recorded. */
export const auditExport =
  ({ trail, note, clock }: AuditExportOptions, format: ExportFormat) =>
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
    const complete = await send(res, texts(counted(trail.within(scope).all(searchOf(address)), count)));
    const facts = { format, complete, records: count.records, everybody: scope.person === null, search: queryStringOf(address) };
    await note([{ chain: user.tenantId, action: 'audit-exported', actor: actorOf(user), ownData: true, facts }]);
  };
