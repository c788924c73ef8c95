import type { RequestHandler } from 'express';
import type { Site } from '../page-frame';

/** Lends every request what is the same on all pages of this installation. */
export const siteFrame =
  (site: Site): RequestHandler =>
  (_req, res, next) => {
    res.locals['site'] = site;
    next();
  };
