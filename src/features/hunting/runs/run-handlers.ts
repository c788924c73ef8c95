import type { Request, Response } from 'express';
import { signedInUser, type SignedInUser } from '../../../http/current-user';
import type { HandlerDeps } from '../handlers';
import { keptRowsOf } from '../kept/kept-rows';
import { addressNotes } from '../results/address-notes';
import { conditionFor } from '../results/added-condition';
import type { Column } from '../../../kql/schema';
import { isFormAddress, readViewState, viewHref } from '../results/view-state';
import { addressOf, runId } from './run-address';
import { runJson } from './run-json';
import { createRunPage, plainPage } from './run-page';

/** A run: watched, read, cancelled, continued. */
export const runHandlers = (deps: HandlerDeps) => {
  const { service, executor, clock } = deps;
  const showRun = createRunPage(deps);
  const act = (work: (user: SignedInUser, id: string) => Promise<void>) => async (req: Request, res: Response) => {
    await work(signedInUser(req), runId(req));
    res.redirect(303, `/hunting/runs/${runId(req)}`);
  };

  /** What stands in the form over kept rows: the query of a refinement that is edited, or a condition on these rows. */
  const refineQueryOf = async (user: SignedInUser, address: URLSearchParams, columns: readonly Column[]): Promise<string> => {
    const id = address.get('refine');
    if (id !== null) return (await service.find(user, id)).run.query;
    const add = address.get('add') ?? undefined;
    return add === undefined ? plainPage.refineQuery : conditionFor('Results', columns, add);
  };

  return {
    show: async (req: Request, res: Response): Promise<void> => {
      const found = await service.find(signedInUser(req), runId(req));
      const address = addressOf(req);
      const { columns } = keptRowsOf(found.slices, deps.kept);
      const state = readViewState(address, columns.length);
      if (isFormAddress(address)) return res.redirect(303, viewHref(req.path, state, {}));
      const refineQuery = await refineQueryOf(signedInUser(req), address, columns);
      return showRun(res, found, { ...plainPage, state, notes: addressNotes(address, columns.length), refineQuery });
    },
    showJson: async (req: Request, res: Response): Promise<void> => {
      const found = await service.find(signedInUser(req), runId(req));
      res.set('Cache-Control', 'no-store').json(runJson(found, executor.progressOf(found.run.id), clock.now()));
    },
    cancel: act(service.cancel),
    retry: act(deps.continuation.retry),
    slices: act(deps.continuation.fetchAll),
  };
};
