import { Router } from 'express';
import { requireRole } from '../../../http/roles';
import type { DisconnectHandlers } from './disconnect-handlers';

/** Disconnecting an organization; which role is needed in which organization, the handlers decide. */
export const disconnectRoutes = (handlers: DisconnectHandlers): Router => {
  const router = Router();
  router.get('/tenants/:id/disconnect', requireRole('viewer'), handlers.confirm);
  router.post('/tenants/:id/disconnect', requireRole('viewer'), handlers.remove);
  return router;
};
