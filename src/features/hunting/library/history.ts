import type { Request, Response } from 'express';
import { signedInUser } from '../../../http/current-user';
import { parseQuery } from '../../../http/forms';
import { renderPage } from '../../../http/render';
import type { Clock } from '../clock';
import { presentHistory } from './present-history';
import { runJson } from '../runs/run-json';
import type { RunStore } from '../runs/run-store';
import { historyAddress } from '../schema';

const runsPerPage = 50;
const noProgress = new Map<string, never>();

/** `GET /hunting/history`: every run of the signed-in person, newest first, also when its rows are no longer kept. */
export const createHistory = ({ store, clock }: { readonly store: RunStore; readonly clock: Clock }) => {
  const read = async (req: Request) => {
    const { before } = parseQuery(historyAddress, req);
    const runs = store.forOwner(signedInUser(req));
    return runs.list({ limit: runsPerPage, ...(before === undefined ? {} : { before }) });
  };
  return Object.freeze({
    index: async (req: Request, res: Response): Promise<void> => {
      const view = presentHistory(await read(req), { now: clock.now(), full: runsPerPage });
      return renderPage(res, 'hunting/history', { view, title: 'Your runs', wide: true });
    },
    indexJson: async (req: Request, res: Response): Promise<void> => {
      const found = await read(req);
      res.set('Cache-Control', 'no-store').json({ runs: found.map((run) => runJson(run, noProgress, clock.now())) });
    },
  });
};
