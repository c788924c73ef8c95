import { Router, type RequestHandler } from 'express';
import type { AuthHandlers } from './handlers';

/** Runs `handler` on exactly this path, whatever characters an operator registered in it. */
export const onPath =
  (path: string, handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    if (req.path === path && (req.method === 'GET' || req.method === 'HEAD')) return handler(req, res, next);
    next();
  };

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
