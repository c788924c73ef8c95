import { Router } from 'express';
import { onPath } from '../../http/on-path';
import type { AuthHandlers } from './handlers';

/** Signing in and out. `redirectUri` names the path that the identity service sends people back to. */
export const authRoutes = (handlers: AuthHandlers, redirectUri: string): Router => {
  const router = Router();
  router.get('/auth/signin', handlers.new);
  router.use(onPath(new URL(redirectUri).pathname, handlers.create));
  router.post('/auth/signout', handlers.remove);
  router.get('/auth/signed-out', handlers.signedOut);
  return router;
};

/** Before any session code: the identity service's frame brings no cookie. */
export const frontChannelRoutes = (handlers: AuthHandlers): Router => {
  const router = Router();
  router.get('/auth/frontchannel-logout', handlers.frontChannel);
  return router;
};
