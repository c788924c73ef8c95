import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { AppError } from '../../../errors';
import { signedInUser } from '../../../http/current-user';
import { huntingTable } from '../../../kql/hunting-schema';
import type { Diagnostic } from '../../../kql/diagnostics';
import type { Clock } from '../clock';
import { explainQuery } from './explain-query';
import { newSlice } from '../slices/new-slice';
import { pinNow } from '../slices/query-lexer';
import { isFinished, type Run } from '../runs/run';
import type { RunServiceDeps, RunService } from '../runs/run-service';

const howToRead: Diagnostic = {
  code: 'explain-zero',
  kind: 'advice',
  severity: 'note',
  message:
    'Each row is a line of the query and how many rows were left after it, within the window of the run. The first line with 0 rows removed the last ones; if that is line one, the table itself has nothing in the window.',
};

/** The time column of the one table that a query reads; undefined where there are several, or none. */
const timeColumnOf = (run: Run): string | undefined => {
  const [name, ...others] = run.analysis.tables;
  if (name === undefined || others.length > 0) return undefined;
  return huntingTable(name)?.columns.find((column) => column.name === 'Timestamp' && column.type === 'datetime')?.name;
};

const refused = (): AppError =>
  new AppError({
    kind: 'refused',
    code: 'nothing-to-explain',
    publicMessage: 'Only a finished run of yours against the service can be explained.',
  });

/** `POST /hunting/runs/:id/explain`: asks, in one call per organization, where the rows of a run went. The answer is a run of its own. */
export const createExplainHandler =
  (
    deps: Pick<RunServiceDeps, 'store' | 'executor' | 'kept' | 'records'> & {
      readonly clock: Clock;
      readonly service: Pick<RunService, 'find'>;
    },
  ) =>
  async (req: Request, res: Response): Promise<void> => {
    const user = signedInUser(req);
    const { run: source, slices } = await deps.service.find(user, String(req.params['id']));
    if (source.kind !== 'hunt' || !isFinished(source.state)) throw refused();
    await deps.kept.assertRoom();
    const run: Run = {
      ...source,
      id: randomUUID(),
      kind: 'explain',
      parentId: source.id,
      query: explainQuery(pinNow(source.query, new Date(source.createdAt).toISOString()), timeColumnOf(source)),
      state: 'queued',
      analysis: { tables: source.analysis.tables, notes: [howToRead] },
      inherited: null,
      createdAt: deps.clock.now(),
      startedAt: null,
      finishedAt: null,
      prunedAt: null,
    };
    const tenants = new Map(slices.map((slice) => [slice.tenantId, { tenantId: slice.tenantId, name: slice.tenantName }]));
    const asked = [...tenants.values()].map((tenant) => newSlice(run, tenant));
    await deps.store.work.insert(run, asked);
    const recorded = await deps.records.started(user, { run, slices: asked }, { undo: () => deps.store.work.discard(run.id) });
    deps.executor.start(run.id, user, recorded);
    res.redirect(303, `/hunting/runs/${run.id}`);
  };
