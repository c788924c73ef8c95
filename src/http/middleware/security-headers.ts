import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

export interface SecurityHeaderOptions {
  /** Served over https: HSTS and `upgrade-insecure-requests` make sense. */
  readonly secure: boolean;
  /** Origins a form of ours may end at by redirect: the identity service, for sign-out. */
  readonly formTargets: readonly string[];
}

const nonceOf = (_req: unknown, res: unknown): string => `'nonce-${(res as Response).locals['nonce'] as string}'`;

/**
 * A policy that starts from nothing: scripts by nonce, style sheets and pictures of ours, no inline code, no
 * frames, no plug-ins (CSP3; ASVS 3.4). On every answer, errors and static files included.
 */
export const securityHeaders = ({ secure, formTargets }: SecurityHeaderOptions): RequestHandler[] => [
  (_req, res, next) => {
    res.locals['nonce'] = randomBytes(18).toString('base64url');
    next();
  },
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [nonceOf, "'strict-dynamic'"],
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
  }),
  (_req, res, next) => {
    res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    next();
  },
];
