import { Router, type RequestHandler } from 'express';
import { below, onPath } from '../../http/on-path';
import type { AuthHandlers } from './handlers';

/** Signing in and out. `redirectUri` names the path that the identity service sends people back to. */
export const authRoutes = (handlers: AuthHandlers, redirectUri: string): RequestHandler => {
  const router = Router();
  router.get('/auth/signin', handlers.new);
  const { pathname } = new URL(redirectUri);
  router.use(onPath(pathname, handlers.create));
  router.post('/auth/signout', handlers.remove);
  router.get('/auth/signed-out', handlers.signedOut);
  return below(['/auth', pathname], router);
};

/** Asked before any session code: the identity service's frame brings no cookie. */
export const frontChannelPath = '/auth/frontchannel-logout';
