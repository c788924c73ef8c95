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

/** A value is shown as the text it is, whatever a browser would make of it. */
const textPolicy = "default-src 'none'; sandbox";

const valueOf = (json: string): string | null => (json === 'null' ? null : unquoted(json));

/**
 * `GET /hunting/runs/:id/cell.json?<view>&row=&column=`: one cell whole, however long, and what one can do with its value; what
 * the menu at a cell is made of. `row` counts in the view's order from 0, `column` is a position in the result. `cell.txt` is
 * the value alone.
 */
export const cellRoutes = ({ service, kept, pages }: HandlerDeps): Router => {
  const cellOf = async (req: Request) => {
    const found = await service.find(signedInUser(req), runId(req));
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
    return { json, name: columnView(column).name, actions: valueActions(place, position, json) };
  };

  const show = async (req: Request, res: Response): Promise<void> => {
    const user = signedInUser(req);
    const { json, name, actions } = await cellOf(req);
    res.set('Cache-Control', 'no-store').json({
      column: name,
      value: valueOf(json),
      actions: actions.filter((action) => hasRole(user, 'hunter') || !leadsToForm(action)),
    });
  };

  const showText = async (req: Request, res: Response): Promise<void> => {
    const { json } = await cellOf(req);
    res.set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': textPolicy });
    res.type('text/plain').send(valueOf(json) ?? '');
  };

  const router = Router();
  router.get('/hunting/runs/:id/cell.json', requireRole('viewer'), show);
  router.get('/hunting/runs/:id/cell.txt', requireRole('viewer'), showText);
  return router;
};
