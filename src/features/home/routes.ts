import { Router, type RequestHandler } from 'express';
import { below } from '../../http/on-path';
import { currentUser } from '../../http/current-user';
import { hasRole } from '../../http/roles';
import { renderPage } from '../../http/render';
import type { HomeView } from '../../http/pages';

/** `GET /`: what Quarry is, for who has not signed in; everyone else goes to the query form, or to their runs where they may only read. */
export const homeRoutes = (view: HomeView): RequestHandler => {
  const router = Router();
  router.get('/', async (req, res) => {
    const user = currentUser(req);
    if (user) return res.redirect(303, hasRole(user, 'hunter') ? '/hunting' : '/hunting/history');
    return renderPage(res, 'home/show', { view, title: 'Quarry' });
  });
  return below(['/'], router);
};
