import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** base64url SHA-256: what is kept of values that only a browser should hold. */
export const digest = (value: string): string => createHash('sha256').update(value).digest('base64url');

/** 256 bits nobody can guess, as 43 url-safe characters (also a PKCE verifier, RFC 7636). */
export const secretValue = (): string => randomBytes(32).toString('base64url');

export const sameDigest = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
