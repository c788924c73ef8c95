import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { AppError } from '../../../errors';
import { signedInUser } from '../../../http/current-user';
import { parseQuery } from '../../../http/forms';
import { sendRecorded } from '../../../http/send-recorded';
import { exportHeaders, type ExportFormat } from './export-names';
import { batches, writers, type Export, type ExportDeps, type Texts } from './export-writers';
import { keptRowsOf } from '../kept/kept-rows';
import { runId } from '../runs/run-address';
import { runJson } from '../runs/run-json';
import { exportAddress } from '../schema';
import { workbookFacts } from '../workbook/workbook-facts';
import { workbookStream } from '../workbook/workbook';

/** The texts again, their first already in hand: what cannot begin fails before a byte is sent, and gets an error page. */
const begun = async (texts: Texts): Promise<AsyncIterable<string>> => {
  const rest = texts[Symbol.asyncIterator]();
  const first = await rest.next();
  return (async function* () {
    for (let next = first; !next.done; next = await rest.next()) yield next.value;
  })();
};

/** Where an export goes, and how it is recorded. */
interface Destination {
  readonly format: Exclude<ExportFormat, 'zip'>;
  readonly res: Response;
  readonly record: (complete: boolean) => Promise<void>;
}

const sendParquet = async (deps: ExportDeps, work: Export, { res, record }: Destination): Promise<void> => {
  const to = deps.kept.scratch(work.found.run.id, randomUUID());
  try {
    await deps.exports.parquet(work.rows, to, { signal: work.signal, owner: work.found.run.owner.objectId });
    res.set(exportHeaders(work.found, 'parquet'));
    await sendRecorded(res, createReadStream(to), record);
  } finally {
    await rm(to, { force: true });
  }
};

const workbookOf = (deps: ExportDeps, work: Export): Readable =>
  workbookStream({ columns: work.rows.columns, rows: batches(deps, work), facts: workbookFacts(work.found) });

const sendAs = async (deps: ExportDeps, work: Export, to: Destination): Promise<void> => {
  const { format, res, record } = to;
  if (format === 'parquet') return sendParquet(deps, work, to);
  res.set(exportHeaders(work.found, format));
  if (format === 'xlsx') return sendRecorded(res, workbookOf(deps, work), record);
  if (format === 'csv') res.set('X-Formulas', work.safe ? 'safe' : 'raw');
  return sendRecorded(res, Readable.from(await begun(writers[format](deps, work))), record);
};

const gone = (): AppError =>
  new AppError({ kind: 'not-found', code: 'rows-pruned', publicMessage: 'The rows of this run are no longer kept. Run the query again.' });

/** `GET /hunting/runs/:id/results.*`: every kept row, streamed, with the ledger in its name, headers and (JSON) head. */
export const createExports = (deps: ExportDeps) => {
  const exportAs =
    (format: Exclude<ExportFormat, 'zip'>) =>
    async (req: Request, res: Response): Promise<void> => {
      const { formulas } = parseQuery(exportAddress, req);
      const found = await deps.service.find(signedInUser(req), runId(req));
      if (found.run.prunedAt !== null) throw gone();
      const leaving = new AbortController();
      res.on('close', () => leaving.abort());
      const sent = { rows: 0 };
      const work: Export = { found, rows: keptRowsOf(found.slices, deps.kept), safe: formulas === 'safe', signal: leaving.signal, sent };
      const record = (complete: boolean): Promise<void> => {
        const rows = complete || format === 'parquet' ? Number.MAX_SAFE_INTEGER : sent.rows;
        return deps.records.exported(signedInUser(req), found, { format, complete, rows });
      };
      return sendAs(deps, work, { format, res, record });
    };
  const ledger = async (req: Request, res: Response): Promise<void> => {
    const found = await deps.service.find(signedInUser(req), runId(req));
    res.set('Content-Disposition', `attachment; filename="quarry-${found.run.id.slice(0, 8)}.ledger.json"`);
    res.set('Cache-Control', 'no-store').json(runJson(found, deps.executor.progressOf(found.run.id), deps.clock.now()));
  };
  return Object.freeze({
    csv: exportAs('csv'),
    json: exportAs('json'),
    ndjson: exportAs('ndjson'),
    parquet: exportAs('parquet'),
    xlsx: exportAs('xlsx'),
    ledger,
  });
};
