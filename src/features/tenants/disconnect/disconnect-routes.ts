import { Router, type RequestHandler } from 'express';
import { below } from '../../../http/on-path';
import { requireRole } from '../../../http/roles';
import type { DisconnectHandlers } from './disconnect-handlers';

/** Disconnecting an organization; which role is needed in which organization, the handlers decide. */
export const disconnectRoutes = (handlers: DisconnectHandlers): RequestHandler => {
  const router = Router();
  router.get('/tenants/:id/disconnect', requireRole('viewer'), handlers.confirm);
  router.post('/tenants/:id/disconnect', requireRole('viewer'), handlers.remove);
  router.get('/connect/disconnected/:receipt', handlers.told);
  return below(['/tenants', '/connect/disconnected'], router);
};
