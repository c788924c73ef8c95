import type { RequestHandler } from 'express';

/** Runs `handler` for a GET of exactly this path, whatever characters an operator registered in it. */
export const onPath =
  (path: string, handler: RequestHandler): RequestHandler =>
  (req, res, next) =>
    req.path === path && req.method === 'GET' ? handler(req, res, next) : next();
