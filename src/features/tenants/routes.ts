import { Router, type RequestHandler } from 'express';
import { requireSignIn } from '../../http/current-user';
import { requireRole } from '../../http/roles';
import { below, onPath } from '../../http/on-path';
import type { BoardHandlers } from './board/board-handlers';
import type { ConnectHandlers } from './connect/connect-handlers';

export interface TenantRouteOptions {
  readonly connect: ConnectHandlers;
  readonly board: BoardHandlers;
  /** Whose path an administrator comes back to. */
  readonly consentRedirectUri: string;
  /** Against floods: a form that anybody may send writes a row. */
  readonly limit: RequestHandler;
}

/** Connected organizations and their health, and connecting one. */
export const tenantRoutes = ({ connect, board, consentRedirectUri, limit }: TenantRouteOptions): RequestHandler => {
  const router = Router();
  router.get('/tenants', requireRole('viewer'), board.index);
  router.get('/tenants.json', requireRole('viewer'), board.indexJson);
  router.post('/tenants/:id/check', requireRole('viewer'), board.check);
  router.get('/connect', connect.new);
  router.post('/connect', limit, connect.create);
  router.get('/connect/connected', requireSignIn, connect.connected);
  const { pathname } = new URL(consentRedirectUri);
  router.use(onPath(pathname, connect.done));
  return below(['/tenants', '/connect', pathname], router);
};
