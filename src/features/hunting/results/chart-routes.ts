import { Router, type Request, type Response } from 'express';
import { AppError } from '../../../errors';
import { signedInUser } from '../../../http/current-user';
import { requireRole } from '../../../http/roles';
import { chartPng } from '../charts/chart-png';
import { drawChart } from '../charts/draw-chart';
import type { ChartTheme } from '../charts/palette';
import type { HandlerDeps } from '../handlers';
import { keptRowsOf } from '../kept/kept-rows';
import { hasRows, lookedAt } from './present-results';
import { addressOf, runId } from '../runs/run-address';
import { readViewState } from './view-state';

const noChart = (why: string): AppError => new AppError({ kind: 'not-found', code: 'no-chart', publicMessage: why });

/** The picture inside an SVG styles itself; nothing else may load or run, even when it is opened as a page of its own. */
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** `GET /hunting/runs/:id/chart.svg` and `.png`: a view of kept rows as a picture, from the same address as the view. */
export const chartRoutes = ({ service, kept, room }: HandlerDeps): Router => {
  const svgOf = async (req: Request): Promise<{ svg: string; name: string }> => {
    const found = await service.find(signedInUser(req), runId(req));
    const rows = keptRowsOf(found.slices, kept);
    if (!hasRows(found, rows)) throw noChart('This run has no rows to draw.');
    const address = addressOf(req);
    const planning = await room.chartOf(lookedAt(found, rows, readViewState(address, rows.columns.length)));
    if (!planning?.ok) throw noChart(planning?.why ?? 'Choose a chart first.');
    const theme: ChartTheme = address.get('theme') === 'dark' ? 'dark' : 'light';
    return { svg: await drawChart(planning.plan, theme), name: `quarry-${found.run.id.slice(0, 8)}-${planning.plan.kind}` };
  };

  const showSvg = async (req: Request, res: Response): Promise<void> => {
    const { svg, name } = await svgOf(req);
    res.set({
      'Cache-Control': 'private, no-store',
      'Content-Security-Policy': picturePolicy,
      'Content-Disposition': `inline; filename="${name}.svg"`,
    });
    res.type('image/svg+xml').send(svg);
  };

  const showPng = async (req: Request, res: Response): Promise<void> => {
    const { svg, name } = await svgOf(req);
    res.set({ 'Cache-Control': 'private, no-store', 'Content-Disposition': `inline; filename="${name}.png"` });
    res.type('image/png').send(Buffer.from(await chartPng(svg)));
  };

  const router = Router();
  router.get('/hunting/runs/:id/chart.svg', requireRole('viewer'), showSvg);
  router.get('/hunting/runs/:id/chart.png', requireRole('viewer'), showPng);
  return router;
};
