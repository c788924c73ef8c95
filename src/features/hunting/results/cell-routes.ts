import { Router, type Request, type Response } from 'express';
import { AppError } from '../../../errors';
import { signedInUser } from '../../../http/current-user';
import { hasRole, requireRole } from '../../../http/roles';
import { columnView, unquoted } from '../kept/cell-view';
import { keptRowsOf } from '../kept/kept-rows';
import { splitRow } from '../kept/row-cells';
import type { HandlerDeps } from '../handlers';
import { leadsToForm } from '../runs/read-only-run';
import { addressOf, runId } from '../runs/run-address';
import { hasRows } from './present-results';
import { toView } from './to-view';
import { valueActions } from './value-actions';
import { readViewState } from './view-state';

const noSuchCell = (): AppError =>
  new AppError({ kind: 'not-found', code: 'no-such-cell', publicMessage: 'This view has no such row or column any more.' });

/**
 * `GET /hunting/runs/:id/cell.json?<view>&row=&column=`: one cell whole, however long, and what one can do with its value; what
 * the menu at a cell is made of. `row` counts in the view's order from 0, `column` is a position in the result.
 */
export const cellRoutes = ({ service, kept, pages }: HandlerDeps): Router => {
  const show = async (req: Request, res: Response): Promise<void> => {
    const user = signedInUser(req);
    const found = await service.find(user, runId(req));
    const rows = keptRowsOf(found.slices, kept);
    const address = addressOf(req);
    const state = readViewState(address, rows.columns.length);
    const position = Number(/^\d{1,5}$/.exec(address.get('column') ?? '')?.[0] ?? Number.NaN);
    const column = rows.columns[position];
    if (!column || state.row === null || !hasRows(found, rows)) throw noSuchCell();
    const bounds = { offset: state.row, limit: 1, columns: [position] };
    const [text] = (await pages.page(toView(rows, state), bounds, { owner: found.run.owner.objectId })).rows;
    if (text === undefined) throw noSuchCell();
    const [json = 'null'] = splitRow(text);
    const place = { path: `/hunting/runs/${found.run.id}`, runId: found.run.id, state: { ...state, row: null }, columns: rows.columns };
    res.set('Cache-Control', 'no-store').json({
      column: columnView(column).name,
      value: json === 'null' ? null : unquoted(json),
      actions: valueActions(place, position, json).filter((action) => hasRole(user, 'hunter') || !leadsToForm(action)),
    });
  };

  const router = Router();
  router.get('/hunting/runs/:id/cell.json', requireRole('viewer'), show);
  return router;
};
