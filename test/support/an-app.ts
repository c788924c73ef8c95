import { Router, type Express, type RequestHandler } from 'express';
import { createApp, type AppDependencies } from '../../src/app';
import type { AppError } from '../../src/errors';
import { attachUser, type SignedInUser, type TenantId } from '../../src/http/current-user';

export const origin = 'http://localhost:3000';

export const aUser = (overrides: Partial<SignedInUser> = {}): SignedInUser => ({
  tenantId: '11111111-1111-4111-8111-111111111111' as TenantId,
  objectId: '22222222-2222-4222-8222-222222222222',
  name: 'Ana Lyst',
  username: 'analyst@contoso.example',
  tenantName: 'Contoso',
  roles: ['viewer', 'hunter'],
  connected: true,
  directoryAdministrator: false,
  sessionId: 'session-1',
  ...overrides,
});

/** A session that is always this user's. */
export const signedInAs =
  (user: SignedInUser): RequestHandler =>
  (req, _res, next) => {
    attachUser(req, user);
    next();
  };

const pass: RequestHandler = (_req, _res, next) => next();

/** The shipped pipeline around whatever a test brings; errors that were reported are collected. */
export const anApp = (overrides: Partial<AppDependencies> = {}): { app: Express; errors: AppError[] } => {
  const errors: AppError[] = [];
  const app = createApp({
    origin,
    secure: false,
    trustedProxies: 0,
    formTargets: [],
    navigation: [{ label: 'Hunt', href: '/hunting', prefix: '/hunting' }],
    notice: () => null,
    accessLog: pass,
    reportError: ({ error }) => errors.push(error),
    health: Router(),
    sessionless: [],
    session: [],
    features: [],
    ...overrides,
  });
  return { app, errors };
};
