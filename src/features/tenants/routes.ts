import { Router } from 'express';
import { requireSignIn } from '../../http/current-user';
import { onPath } from '../../http/on-path';
import type { TenantHandlers } from './handlers';

/** Connected organizations, and connecting one. `consentRedirectUri` names the path that an administrator comes back to. */
export const tenantRoutes = (handlers: TenantHandlers, consentRedirectUri: string): Router => {
  const router = Router();
  router.get('/tenants', requireSignIn, handlers.index);
  router.get('/tenants.json', requireSignIn, handlers.indexJson);
  router.get('/connect', handlers.new);
  router.post('/connect', handlers.create);
  router.use(onPath(new URL(consentRedirectUri).pathname, handlers.done));
  return router;
};
