import { Router } from 'express';
import { compareRoutes } from '../compare/compare-routes';
import { createCompareService } from '../compare/compare-service';
import type { HandlerDeps } from '../handlers';
import type { RunStore } from '../run-store';
import { chartRoutes } from './chart-routes';

/** What kept rows offer besides their pages and downloads. */
export const roomRoutes = (deps: HandlerDeps & { readonly store: RunStore }): Router => {
  const router = Router();
  router.use(chartRoutes(deps));
  router.use(compareRoutes(createCompareService(deps)));
  return router;
};
