import type { Response } from 'express';
import type { DueFault } from './drills';

/** What a fault sends where the service would have sent its own failure. */
export interface FaultDialect {
  readonly throttled: () => unknown;
  readonly broken: (status: 500 | 504) => unknown;
}

const stallLimit = 10 * 60_000;

const htmlBody =
  '<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head><body><h1>The service is unavailable.</h1></body></html>\n';

/** Accepts the call and never answers it, until the caller gives up. */
const stall = (res: Response): void => {
  const timer = setTimeout(() => res.destroy(), stallLimit);
  res.once('close', () => clearTimeout(timer));
};

const withRetry = (res: Response, retryAfter: number | undefined): Response =>
  retryAfter === undefined ? res : res.set('Retry-After', String(retryAfter));

/**
 * Lets the answer through to its half and ends it there, with a well-formed HTTP message around broken JSON: the kind of damage
 * that only a careful reader notices. What is written before the handler ends the answer is held back until then.
 */
const truncate = (res: Response): void => {
  const held: Buffer[] = [];
  const end = res.end.bind(res);
  const keep = (chunk: unknown, encoding?: unknown): void => {
    if (typeof chunk === 'string') held.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) held.push(Buffer.from(chunk));
  };
  const write = (chunk: unknown, encoding?: unknown, done?: unknown): boolean => {
    keep(chunk, encoding);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback as () => void);
    return true;
  };
  const finish = (chunk?: unknown, encoding?: unknown): Response => {
    keep(chunk, encoding);
    const whole = Buffer.concat(held);
    const half = whole.subarray(0, Math.floor(whole.length / 2));
    if (!res.headersSent) {
      res.removeHeader('ETag');
      res.set('Content-Length', String(half.length));
    }
    return end(half) as Response;
  };
  Object.assign(res, { write, end: finish });
};

/** Shows a fault that needs nothing of the service. Returns true when the call is over; false when the service goes on. */
export const showFault = (res: Response, { fault, retryAfter }: DueFault, dialect: FaultDialect): boolean => {
  switch (fault) {
    case '429':
      withRetry(res, retryAfter).status(429).json(dialect.throttled());
      return true;
    case '500':
      res.status(500).json(dialect.broken(500));
      return true;
    case '504':
      withRetry(res, retryAfter).status(504).json(dialect.broken(504));
      return true;
    case 'html':
      res.status(503).type('html').send(htmlBody);
      return true;
    case 'reset':
      res.socket?.resetAndDestroy();
      return true;
    case 'stall':
      stall(res);
      return true;
    case 'truncate':
      truncate(res);
      return false;
    default:
      return false;
  }
};
