import { randomFillSync } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

export interface SecurityHeaderOptions {
  /** Served over https: HSTS and `upgrade-insecure-requests` make sense. */
  readonly secure: boolean;
  /** Origins a form of ours may end at by redirect: the identity service, for sign-out. */
  readonly formTargets: readonly string[];
}

const nonceBytes = 18;

/** Nonces out of random bytes that are drawn for many answers at once: each byte is used once. */
const createNonces = (): (() => string) => {
  const pool = Buffer.alloc(nonceBytes * 256);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += nonceBytes;
    return pool.toString('base64url', used - nonceBytes, used);
  };
};

/** Stands where each answer's own nonce goes; no configured origin can hold it. */
const nonceHere = "'nonce-?'";

const helmetFor = ({ secure, formTargets }: SecurityHeaderOptions) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [nonceHere, "'strict-dynamic'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'", ...formTargets],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['quarry'],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: true,
  });

/** What helmet says, written down once at start: it says the same to every request, but for the nonce. */
const headersOf = (options: SecurityHeaderOptions): readonly (readonly [name: string, value: string])[] => {
  const headers: [string, string][] = [['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()']];
  const pen = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => undefined };
  helmetFor(options)({} as Request, pen as unknown as Response, (error?: unknown) => {
    if (error) throw error;
  });
  return headers;
};

const policyName = 'Content-Security-Policy';

/**
 * A policy that starts from nothing: scripts by nonce, style sheets and pictures of ours, no inline code, no
 * frames, no plug-ins (CSP3; ASVS 3.4). On every answer, errors and static files included.
 */
export const securityHeaders = (options: SecurityHeaderOptions): RequestHandler => {
  const headers = headersOf(options);
  const [before = '', after = ''] = (headers.find(([name]) => name === policyName)?.[1] ?? '').split(nonceHere);
  const fixed = headers.filter(([name]) => name !== policyName);
  if (after === '') throw new Error('the policy has lost its nonce');
  const nextNonce = createNonces();
  return (_req, res, next) => {
    const nonce = nextNonce();
    res.locals['nonce'] = nonce;
    res.setHeader(policyName, `${before}'nonce-${nonce}'${after}`);
    for (const [name, value] of fixed) res.setHeader(name, value);
    next();
  };
};
