import { Router } from 'express';
import { requireRole, requireRoleOrStranger } from '../../http/roles';
import type { createExports } from './exports/exports';
import type { HuntingHandlers } from './handlers';

interface Downloads {
  readonly exports: ReturnType<typeof createExports>;
  /** Charts, comparisons: what else the kept rows offer. */
  readonly room: Router;
}

const viewer = requireRole('viewer');
const hunter = requireRole('hunter');

export const huntingRoutes = ({ form, runs }: HuntingHandlers, { exports, room }: Downloads): Router => {
  const router = Router();
  router.get('/hunting', hunter, form.new);
  // Without a session the handler answers with the form and the text that was typed.
  router.post('/hunting/runs', requireRoleOrStranger('hunter'), form.create);
  router.get('/hunting/runs/:id.json', viewer, runs.showJson);
  router.get('/hunting/runs/:id', viewer, runs.show);
  router.post('/hunting/runs/:id/cancel', hunter, runs.cancel);
  router.post('/hunting/runs/:id/retry', hunter, runs.retry);
  router.post('/hunting/runs/:id/slices', hunter, runs.slices);
  router.post('/hunting/runs/:id/refine', hunter, runs.refine);
  router.get('/hunting/runs/:id/results.csv', hunter, exports.csv);
  router.get('/hunting/runs/:id/results.json', hunter, exports.json);
  router.get('/hunting/runs/:id/results.ndjson', hunter, exports.ndjson);
  router.get('/hunting/runs/:id/results.parquet', hunter, exports.parquet);
  router.get('/hunting/runs/:id/results.xlsx', hunter, exports.xlsx);
  router.get('/hunting/runs/:id/ledger.json', viewer, exports.ledger);
  router.use(room);
  return router;
};
