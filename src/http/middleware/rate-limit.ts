import { isIPv6 } from 'node:net';
import type { RequestHandler } from 'express';
import { AppError } from '../../errors';

export interface RateLimit {
  /** So many requests at once, and as many again in `perMs`. */
  readonly requests: number;
  readonly perMs: number;
  readonly clock?: () => number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Beyond so many addresses those that were quiet the longest are forgotten: memory is bounded, whoever calls. */
const mostAddresses = 20_000;

/** A household or a server has a /64 to itself: its addresses count as one. */
const sourceOf = (address: string): string => {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':');
  const rest = tail === '' ? [] : tail.split(':');
  const filled = address.includes('::') ? [...groups, ...Array<string>(8 - groups.length - rest.length).fill('0'), ...rest] : groups;
  return filled.slice(0, 4).join(':');
};

/** Answers 429 with `Retry-After` to an address that asks more often than people do. In this process alone. */
export const rateLimit = ({ requests, perMs, clock = Date.now }: RateLimit): RequestHandler => {
  const buckets = new Map<string, Bucket>();

  const take = (source: string): number => {
    const now = clock();
    const { left, at } = buckets.get(source) ?? { left: requests, at: now };
    const filled = Math.min(requests, left + ((now - at) / perMs) * requests);
    // Back at the end: the order of the map is that of the last request.
    buckets.delete(source);
    buckets.set(source, { left: filled < 1 ? filled : filled - 1, at: now });
    if (buckets.size > mostAddresses) buckets.delete(buckets.keys().next().value!);
    return filled < 1 ? ((1 - filled) * perMs) / requests : 0;
  };

  return (req, res, next) => {
    const waitMs = take(sourceOf(req.ip ?? ''));
    if (waitMs === 0) return next();
    res.set('Retry-After', String(Math.ceil(waitMs / 1_000)));
    const publicMessage = 'Too many requests came from your address in a short time. Wait a moment, then try again.';
    return next(new AppError({ kind: 'too-many', code: 'too-many-requests', publicMessage }));
  };
};
