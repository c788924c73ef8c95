import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../../errors';
import { signedInUser } from '../../../http/current-user';
import { requireRole } from '../../../http/roles';
import { parseQuery } from '../../../http/forms';
import { renderDocument } from '../../../http/render';
import { sendRecorded } from '../../../http/send-recorded';
import { exportHeaders } from '../exports/export-names';
import { writers, type Export, type ExportDeps } from '../exports/export-writers';
import { keptRowsOf } from '../kept/kept-rows';
import { rowsOf } from '../runs/ledger';
import { hasRows } from '../results/present-results';
import { plainView } from '../results/view-state';
import { toView } from '../results/to-view';
import { runId } from '../runs/run-address';
import { runJson } from '../runs/run-json';
import { isFinished } from '../runs/run';
import type { RunWithSlices } from '../runs/stored-runs';
import { packStream, type PackFile } from './pack';
import { evidenceReport } from './report-view';

/** Rows on the page inside the pack; a browser still opens it. */
const rowsOnPage = 1_000;

const address = z.object({ notes: z.string().max(10_000, 'Notes may have at most 10,000 characters.').default('') });

const notReady = (): AppError =>
  new AppError({
    kind: 'conflict',
    code: 'run-under-way',
    publicMessage: 'An evidence pack is made from a finished run whose rows are still kept.',
  });

/** `GET /hunting/runs/:id/evidence.zip`: page, data, ledger, query and notes in one archive that reads without Quarry. */
export const evidenceRoutes = (deps: ExportDeps): Router => {
  const { service, kept, clock, executor } = deps;

  const reportOf = async (res: Response, found: RunWithSlices, notes: string): Promise<string> => {
    const rows = keptRowsOf(found.slices, kept);
    const bounds = { offset: 0, limit: rowsOnPage };
    const page = hasRows(found, rows)
      ? await deps.pages.page(toView(rows, plainView), bounds, { owner: found.run.owner.objectId })
      : { rows: [] };
    const source = {
      found,
      columns: rows.columns,
      texts: page.rows,
      total: rowsOf(found.slices),
      notes,
      by: signedInUser(res.req).username,
      now: clock.now(),
    };
    return renderDocument('evidence', evidenceReport(source));
  };

  const filesOf = (work: Export, { report, notes }: { readonly report: string; readonly notes: string }): PackFile[] => {
    const ledger = JSON.stringify(runJson(work.found, executor.progressOf(work.found.run.id), clock.now()), null, 2);
    return [
      { name: 'index.html', content: () => [report] },
      { name: 'query.kql', content: () => [work.found.run.query] },
      { name: 'ledger.json', content: () => [ledger] },
      ...(notes === '' ? [] : [{ name: 'notes.txt', content: () => [notes] }]),
      { name: 'results.csv', content: () => writers.csv(deps, work) },
      { name: 'results.ndjson', content: () => writers.ndjson(deps, work) },
    ];
  };

  const send = async (req: Request, res: Response): Promise<void> => {
    const { notes } = parseQuery(address, req);
    const found = await service.find(signedInUser(req), runId(req));
    if (!isFinished(found.run.state) || found.run.prunedAt !== null) throw notReady();
    const report = await reportOf(res, found, notes);
    const leaving = new AbortController();
    res.on('close', () => leaving.abort());
    const work: Export = { found, rows: keptRowsOf(found.slices, kept), safe: true, signal: leaving.signal, sent: { rows: 0 } };
    res.set(exportHeaders(found, 'zip'));
    const pack = packStream(filesOf(work, { report, notes }), { run: found.run.id, made: new Date(clock.now()).toISOString() });
    await sendRecorded(res, pack, (complete) =>
      deps.records.exported(signedInUser(req), found, { format: 'evidence', complete, rows: Number.MAX_SAFE_INTEGER }),
    );
  };

  const router = Router();
  router.get('/hunting/runs/:id/evidence.zip', requireRole('hunter'), send);
  return router;
};
