import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Calls } from './calls';
import { controlRoutes } from './control-routes';
import type { Revocations } from './directory/revocations';
import type { LabClock } from './clock';
import type { Applications } from './directory/applications';
import type { Licences } from './directory/licences';
import type { Drills } from './drills';
import { homeRoutes } from './home-routes';
import { errorRoutes } from './identity/error-routes';
import { deviceRoutes } from './identity/device-routes';
import { discoveryRoutes } from './identity/discovery-routes';
import type { IdentityDeps } from './identity/identity-deps';
import { adminConsentRoutes } from './identity/admin-consent-routes';
import { signInRoutes } from './identity/sign-in-routes';
import { signOutRoutes } from './identity/sign-out-routes';
import { userinfoRoutes } from './identity/userinfo-routes';
import type { TokenVerifier } from './access-tokens';
import { tokenRoutes } from './identity/token-routes';
import type { LabMounts } from './lab-context';
import { practiceRoutes } from './practice-routes';
import { loopbackHostOnly, sameOriginForms } from './web/guards';
import { html } from './web/html';
import { sendPage } from './web/page';
import { style } from './web/style.data';

export interface LabAppDeps {
  readonly identity: IdentityDeps;
  readonly drills: Drills;
  readonly calls: Calls;
  readonly verify: TokenVerifier;
  readonly revocations: Revocations;
  readonly clock: LabClock;
  readonly licences: Licences;
  readonly applications: Applications;
  readonly services: readonly LabMounts[];
}

const assets: RequestHandler = (req, res, next) => {
  if (req.path === '/lab/style.css') return void res.type('css').send(style);
  if (req.path === '/lab/form-post.js') return void res.type('js').send("document.getElementById('answer').submit();\n");
  next();
};

/** A shifted clock is told by every answer, as a wrong one would be. */
const toldTime =
  (clock: LabClock): RequestHandler =>
  (_req, res, next) => {
    if (clock.shifted() !== 0) res.set('Date', clock.now().toUTCString());
    next();
  };

const unknownResource: RequestHandler = (_req, res) =>
  void res.status(404).json({ error: { code: 'ResourceNotFound', message: 'The lab has no such resource.' } });

/** A body that no parser takes is the caller's fault; anything else is ours, and says nothing about itself to the caller. */
// eslint-disable-next-line max-params -- Express knows an error handler by its four parameters.
const failed: ErrorRequestHandler = (error: { status?: number; stack?: string }, _req, res, next) => {
  if (res.headersSent) return next(error);
  const status = error.status !== undefined && error.status < 500 ? error.status : 500;
  if (status === 500) process.stderr.write(`lab: ${error.stack ?? String(error)}\n`);
  res.status(status).json({ error: status === 500 ? 'server_error' : 'invalid_request' });
};

/** The lab's HTTP pipeline, in order. */
export const createLabApp = ({ identity, drills, calls, verify, revocations, services, ...practice }: LabAppDeps): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(loopbackHostOnly);
  app.use(toldTime(practice.clock));
  app.use(assets);
  app.use('/lab', practiceRoutes(practice));
  app.use('/lab', controlRoutes({ drills, calls, keys: identity.keys, grants: identity.grants, roles: identity.roles, revocations }));
  for (const { lab, graph, xdr, mde } of services) {
    if (lab) app.use('/lab', lab);
    if (graph) app.use('/graph', graph);
    if (xdr) app.use('/xdr', xdr);
    if (mde) app.use('/mde', mde);
  }
  app.use(['/graph', '/xdr', '/mde'], calls.record('defender'), unknownResource);
  app.use(express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 100 }));
  app.use(homeRoutes(identity, calls));
  app.use(calls.record('identity'));
  app.use(errorRoutes());
  app.use(discoveryRoutes(identity));
  app.use(tokenRoutes(identity, calls.of));
  app.use(deviceRoutes.endpoint(identity));
  app.use(userinfoRoutes(verify));
  // An app may sign its person out by a form of its own.
  app.use(signOutRoutes(identity));
  app.use(sameOriginForms);
  app.use(deviceRoutes.pages(identity));
  app.use(signInRoutes(identity));
  app.use(adminConsentRoutes(identity, calls.of));
  app.use((_req, res) =>
    sendPage(res, {
      title: 'Not found',
      status: 404,
      body: html`<h1>There is nothing here</h1>
        <p>The lab does not know this address.</p>`,
    }),
  );
  app.use(failed);
  return app;
};
