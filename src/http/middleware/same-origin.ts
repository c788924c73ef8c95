import type { Request, RequestHandler } from 'express';
import { AppError } from '../../errors';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Fetch metadata first; an older browser's `Origin` must be ours exactly; neither header: no (OWASP CSRF cheat sheet 2026). */
const isSameOrigin = (req: Request, origin: string): boolean => {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return req.get('origin') === origin;
};

/** Lets an unsafe method through only from a page of ours. `origin` is the configured one, never the request's Host. */
export const sameOrigin =
  (origin: string): RequestHandler =>
  (req, _res, next) => {
    if (safe.has(req.method) || isSameOrigin(req, origin)) return next();
    const publicMessage = 'This request did not come from a page of Quarry, so it was not carried out.';
    return next(new AppError({ kind: 'forbidden', code: 'cross-origin', publicMessage }));
  };
