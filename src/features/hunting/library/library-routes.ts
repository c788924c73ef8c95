import { Router } from 'express';
import { requireRole } from '../../../http/roles';
import type { createHistory } from './history';
import type { createExplainHandler } from './explain-handler';
import { schemaPages } from './schema-pages';

interface Library {
  readonly history: ReturnType<typeof createHistory>;
  readonly explain: ReturnType<typeof createExplainHandler>;
}

const viewer = requireRole('viewer');

/** Around the runs: what was run before, what there is to ask, and why an answer was empty. */
export const libraryRoutes = ({ history, explain }: Library): Router => {
  const router = Router();
  router.get('/hunting/history', viewer, history.index);
  router.get('/hunting/history.json', viewer, history.indexJson);
  router.get('/schema', viewer, schemaPages.index);
  router.get('/schema.json', viewer, schemaPages.indexJson);
  router.get('/schema/:table.json', viewer, schemaPages.showJson);
  router.get('/schema/:table', viewer, schemaPages.show);
  router.post('/hunting/runs/:id/explain', requireRole('hunter'), explain);
  return router;
};
