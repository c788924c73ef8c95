import { Router } from 'express';
import { requireSignIn } from '../../../http/current-user';
import type { createHistory } from './history';
import type { createExplainHandler } from './explain-handler';
import { schemaPages } from './schema-pages';

interface Library {
  readonly history: ReturnType<typeof createHistory>;
  readonly explain: ReturnType<typeof createExplainHandler>;
}

/** Around the runs: what was run before, what there is to ask, and why an answer was empty. */
export const libraryRoutes = ({ history, explain }: Library): Router => {
  const router = Router();
  router.get('/hunting/history', requireSignIn, history.index);
  router.get('/hunting/history.json', requireSignIn, history.indexJson);
  router.get('/schema', requireSignIn, schemaPages.index);
  router.get('/schema.json', requireSignIn, schemaPages.indexJson);
  router.get('/schema/:table.json', requireSignIn, schemaPages.showJson);
  router.get('/schema/:table', requireSignIn, schemaPages.show);
  router.post('/hunting/runs/:id/explain', requireSignIn, explain);
  return router;
};
