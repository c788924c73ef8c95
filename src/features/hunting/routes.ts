import { Router } from 'express';
import { requireSignIn } from '../../http/current-user';
import type { createExports } from './exports/exports';
import type { HuntingHandlers } from './handlers';

interface Downloads {
  readonly exports: ReturnType<typeof createExports>;
  /** Charts, comparisons: what else the kept rows offer. */
  readonly room: Router;
}

export const huntingRoutes = ({ form, runs }: HuntingHandlers, { exports, room }: Downloads): Router => {
  const router = Router();
  router.get('/hunting', requireSignIn, form.new);
  // Without a session the handler answers with the form and the text that was typed.
  router.post('/hunting/runs', form.create);
  router.get('/hunting/runs/:id.json', requireSignIn, runs.showJson);
  router.get('/hunting/runs/:id', requireSignIn, runs.show);
  router.post('/hunting/runs/:id/cancel', requireSignIn, runs.cancel);
  router.post('/hunting/runs/:id/retry', requireSignIn, runs.retry);
  router.post('/hunting/runs/:id/slices', requireSignIn, runs.slices);
  router.post('/hunting/runs/:id/refine', requireSignIn, runs.refine);
  router.get('/hunting/runs/:id/results.csv', requireSignIn, exports.csv);
  router.get('/hunting/runs/:id/results.json', requireSignIn, exports.json);
  router.get('/hunting/runs/:id/results.ndjson', requireSignIn, exports.ndjson);
  router.get('/hunting/runs/:id/results.parquet', requireSignIn, exports.parquet);
  router.get('/hunting/runs/:id/results.xlsx', requireSignIn, exports.xlsx);
  router.get('/hunting/runs/:id/ledger.json', requireSignIn, exports.ledger);
  router.use(room);
  return router;
};
