import type { Request, Response } from 'express';
import { signedInUser, type SignedInUser } from '../../../http/current-user';
import type { HandlerDeps } from '../handlers';
import { keptRowsOf } from '../kept/kept-rows';
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

  return {
    show: async (req: Request, res: Response): Promise<void> => {
      const found = await service.find(signedInUser(req), runId(req));
      const address = addressOf(req);
      const state = readViewState(address, keptRowsOf(found.slices, deps.kept).columns.length);
      if (isFormAddress(address)) return res.redirect(303, viewHref(req.path, state, {}));
      return showRun(res, found, { ...plainPage, state });
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
