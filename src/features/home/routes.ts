import { Router } from 'express';
import { currentUser } from '../../http/current-user';
import { renderPage } from '../../http/render';
import type { HomeView } from '../../http/pages';

/** `GET /`: what Quarry is, for who has not signed in; everyone else goes to the query form. */
export const homeRoutes = (view: HomeView): Router => {
  const router = Router();
  router.get('/', async (req, res) => {
    if (currentUser(req)) return res.redirect(303, '/hunting');
    return renderPage(res, 'home/show', { view, title: 'Quarry' });
  });
  return router;
};
