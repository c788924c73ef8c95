import { Router } from 'express';
import { requireSignIn } from '../../http/current-user';
import { auditExport, type AuditExportOptions } from './export-handler';
import type { AuditHandlers } from './handlers';

export const auditRoutes = (handlers: AuditHandlers, exporting: AuditExportOptions): Router => {
  const router = Router();
  router.get('/audit', requireSignIn, handlers.index);
  router.get('/audit.json', requireSignIn, handlers.indexJson);
  router.get('/audit.csv', requireSignIn, auditExport(exporting, 'csv'));
  router.get('/audit.ndjson', requireSignIn, auditExport(exporting, 'ndjson'));
  router.post('/audit/check', requireSignIn, handlers.check);
  return router;
};
