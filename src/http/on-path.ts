import type { RequestHandler, Router } from 'express';

/** Runs the handler of exactly this path, for GET and HEAD; everything else goes on after one look at its path. */
export const onPaths = (handlers: Readonly<Record<string, RequestHandler>>): RequestHandler => {
  const known = new Map(Object.entries(handlers));
  const stack = [...known].map(([path, handle]) => ({ route: { path, methods: { get: true }, stack: [{ handle }] }, handle }));
  const answer: RequestHandler = (req, res, next) => {
    const handler = known.get(req.path);
    if (!handler || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
    req.route = { path: req.path };
    return handler(req, res, next);
  };
  // Whoever lists the app's routes finds these as it finds a router's.
  return Object.assign(answer, { stack });
};

/** Runs `handler` for a GET of exactly this path, whatever characters an operator registered in it. */
export const onPath =
  (path: string, handler: RequestHandler): RequestHandler =>
  (req, res, next) =>
    req.path === path && req.method === 'GET' ? handler(req, res, next) : next();

/** `hunting` of `/hunting/runs/1`, `tenants` of `/Tenants.json`: what routes below one another have in common. */
const rootOf = (path: string): string => /^\/?([^/.]*)/.exec(path)?.[1]?.toLowerCase() ?? '';

/** A router that is asked only for addresses below the given paths; it would else look at each route of its own for all of them. */
export const below = (paths: readonly string[], router: Router): RequestHandler => {
  const roots = new Set(paths.map(rootOf));
  const guard: RequestHandler = (req, res, next) => (roots.has(rootOf(req.path)) ? router(req, res, next) : next());
  return Object.assign(guard, { stack: router.stack });
};
