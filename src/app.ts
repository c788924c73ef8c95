import express, { type Express, type RequestHandler } from 'express';
import { createAssets, publicFolder } from './http/assets';
import { joinStyles, styleSheet } from './http/style-sheet';
import { handleErrors, notFound, type ReportError } from './http/error-handler';
import { requestId } from './http/middleware/request-id';
import { sameOrigin } from './http/middleware/same-origin';
import { securityHeaders } from './http/middleware/security-headers';
import { siteFrame } from './http/middleware/site';
import type { NavigationItem } from './http/page-frame';

export interface AppDependencies {
  /** Our own origin as configured, e.g. `https://quarry.example`; nothing is ever built from a request's Host. */
  readonly origin: string;
  readonly secure: boolean;
  /** Hops of proxies in front that may set `X-Forwarded-*`; 0: none. */
  readonly trustedProxies: number;
  readonly formTargets: readonly string[];
  readonly navigation: readonly NavigationItem[];
  /** The line above every page, as it stands now. */
  readonly notice: () => string | null;
  readonly accessLog: RequestHandler;
  readonly reportError: ReportError;
  /** `/healthz`, `/readyz`, `/metrics`: before any session code. */
  readonly health: RequestHandler;
  /** Routes that must work without a session of theirs (front-channel sign-out), still before it. */
  readonly sessionless: readonly RequestHandler[];
  readonly session: readonly RequestHandler[];
  readonly features: readonly RequestHandler[];
}

/** A form's text: a query may have 64 KB, percent-encoding may treble it. */
const formLimit = '256kb';

/** The pipeline, in order; tests call it with fakes, so what is tested is what ships. */
export const createApp = (deps: AppDependencies): Express => {
  const app = express();
  app.disable('x-powered-by');
  // Pages are never stored (no-store), so a digest of each would be work for nothing.
  app.disable('etag');
  app.set('trust proxy', deps.trustedProxies);
  app.set('query parser', 'simple');

  app.use(requestId);
  app.use(deps.accessLog);
  app.use(deps.health);
  app.use(securityHeaders({ secure: deps.secure, formTargets: deps.formTargets }));
  app.use(siteFrame({ navigation: deps.navigation, notice: deps.notice, asset: createAssets() }));
  app.get('/assets/css/quarry.css', styleSheet(joinStyles(publicFolder)));
  app.use('/assets', express.static(publicFolder, { immutable: true, maxAge: '365d', index: false, redirect: false }));
  for (const handler of deps.sessionless) app.use(handler);
  for (const handler of deps.session) app.use(handler);
  app.use(express.urlencoded({ extended: false, limit: formLimit, parameterLimit: 2_000 }));
  app.use(sameOrigin(deps.origin));
  for (const feature of deps.features) app.use(feature);
  app.use(notFound);
  app.use(handleErrors(deps.reportError));
  return app;
};
