import { Router } from 'express';
import { compareRoutes } from '../compare/compare-routes';
import { createCompareService } from '../compare/compare-service';
import { evidenceRoutes } from '../evidence/evidence-routes';
import type { ExportDeps } from '../exports/export-writers';
import type { RunStore } from '../runs/run-store';
import { cellRoutes } from './cell-routes';
import { chartRoutes } from './chart-routes';

/** What kept rows offer besides their pages and downloads. */
export const roomRoutes = (deps: ExportDeps & { readonly store: RunStore }): Router => {
  const router = Router();
  router.use(cellRoutes(deps));
  router.use(chartRoutes(deps));
  router.use(compareRoutes(createCompareService(deps)));
  router.use(evidenceRoutes(deps));
  return router;
};
