import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

/** Every request gets an id of ours (a caller's own is never echoed): in the log, in the answer, on error pages. */
export const requestId: RequestHandler = (_req, res, next) => {
  const id = randomUUID();
  res.locals['requestId'] = id;
  res.setHeader('X-Request-Id', id);
  next();
};
