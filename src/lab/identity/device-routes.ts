import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { grantNames } from '../directory/scopes';
import { html } from '../web/html';
import { sendPage } from '../web/page';
import { appOf } from './app-of';
import { checkAudience, checkScopes, single, type AuthorizeRequest } from './authorize-request';
import { deviceLifetimeSeconds, type WaitingDevice } from './device-codes';
import { resolveAuthority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { createPageFlow, field } from './page-flow';
import { deviceCodePage } from './pages';
import { createSignInPages } from './sign-in-pages';
import { createTrace, errorBody, StsError } from './sts-error';

const page = '/common/oauth2/deviceauth';
const done = `${page}/done`;

/** No verifier can ever match it: the code is for this page alone, and for this device. */
const challengeOf = ({ userCode }: WaitingDevice): string => `device:${userCode}`;

/** The device page signs in like any app: its answer comes back here. */
const requestFor = (device: WaitingDevice, base: string, state: string): AuthorizeRequest => ({
  clientId: device.clientId,
  authority: device.authority,
  redirectUri: `${base}${done}`,
  responseMode: 'query',
  state,
  scope: device.scope,
  challenge: challengeOf(device),
  prompt: 'select_account',
  clientInfo: false,
});

const startDevice = (deps: IdentityDeps, req: Request, segment: string): WaitingDevice => {
  const authority = resolveAuthority(segment);
  if (!authority) throw new StsError(90002, [segment]);
  const body = (req.body ?? {}) as Readonly<Record<string, unknown>>;
  const clientId = single(body, 'client_id');
  if (clientId === undefined) throw new StsError(900144, ['client_id']);
  const { registration } = appOf(deps, clientId);
  if (authority.kind === 'consumers') throw new StsError(9002332, [registration.name, clientId]);
  checkAudience(registration, authority);
  const scope = single(body, 'scope');
  if (scope === undefined) throw new StsError(900144, ['scope']);
  if (grantNames(checkScopes(scope), registration.delegated).length === 0) throw new StsError(70011, [scope]);
  return deps.devices.start({ clientId: registration.clientId, authority: authority.segment, scope });
};

/** Where a console asks for a code. */
const deviceCodeRoute = (deps: IdentityDeps): Router => {
  const router = Router();
  router.post('/:authority/oauth2/v2.0/devicecode', (req, res) => {
    const trace = createTrace(req.headers['client-request-id'], deps.now());
    res.set({ 'Cache-Control': 'no-store, no-cache', 'x-ms-request-id': trace.traceId });
    try {
      const { userCode, deviceCode } = startDevice(deps, req, req.params.authority);
      const verification = `${deps.base()}${page}`;
      res.json({
        user_code: userCode,
        device_code: deviceCode,
        verification_uri: verification,
        expires_in: deviceLifetimeSeconds,
        interval: deps.devices.intervalSeconds,
        message: `To sign in, use a web browser to open the page ${verification} and enter the code ${userCode} to authenticate.`,
      });
    } catch (thrown) {
      if (!(thrown instanceof StsError)) throw thrown;
      res.status(thrown.oauthError === 'invalid_client' ? 401 : 400).json(errorBody(thrown, trace, deps.base()));
    }
  });
  return router;
};

const carriedState = z.object({ device: z.string() });

const say = (res: Response, title: string, text: string): void =>
  sendPage(res, {
    title,
    body: html`<h1>${title}</h1>
      <p>${text}</p>`,
  });

/** What came of a sign-in for a device: the answer of the authorize endpoint, to this page. */
const finishing =
  (deps: IdentityDeps) =>
  async (req: Request, res: Response): Promise<void> => {
    const [code, state] = [single(req.query, 'code'), single(req.query, 'state')];
    const opened = await deps.flowSeal.open(state ?? '');
    const named = 'payload' in opened ? carriedState.safeParse(opened.payload).data : undefined;
    const device = named && deps.devices.byUserCode(named.device);
    if (!device || device.state !== 'waiting') return say(res, 'That code has expired', 'Start again where the code was shown.');
    if (code === undefined) {
      device.state = 'declined';
      const reason = single(req.query, 'error_description') ?? 'It was declined.';
      return say(res, 'The device was not signed in', reason.replace(/ Trace ID: .*$/, ''));
    }
    const grant = await deps.codes.open(code);
    if (grant.challenge !== challengeOf(device)) throw new StsError(70000, ['code']);
    deps.codes.redeem(grant);
    const facts = { sid: grant.sid, authTime: grant.authTime, strong: grant.strong };
    device.state = { username: grant.username, tenantId: grant.tenantId, facts };
    const { name } = appOf(deps, device.clientId).registration;
    say(res, `You have signed in to ${name} on your device`, 'You may now close this window.');
  };

/** The page where a person types the code, chooses an account and consents, by the same pages as any sign-in. */
const deviceAuthRoutes = (deps: IdentityDeps): Router => {
  const flows = createPageFlow(deps);
  const pages = createSignInPages(deps, flows);
  const ask = (res: Response, typed: string | undefined, wrong = false): void =>
    sendPage(res, { title: 'Enter code', status: wrong ? 400 : 200, body: deviceCodePage(page, typed, wrong) });

  const begin = async (req: Request, res: Response): Promise<void> => {
    const typed = field(req, 'otc') ?? '';
    const device = deps.devices.byUserCode(typed);
    if (!device || device.state !== 'waiting') return ask(res, typed, true);
    const state = await flows.carry({ device: device.userCode });
    await pages.show(req, res, { kind: 'sign-in', request: requestFor(device, deps.base(), state), chosen: false });
  };
  const finish = finishing(deps);

  const router = Router();
  router.get('/:authority/oauth2/deviceauth', (req, res) => ask(res, single(req.query, 'otc')));
  router.post('/:authority/oauth2/deviceauth', begin);
  router.get(done, async (req, res) => {
    try {
      await finish(req, res);
    } catch (thrown) {
      if (!(thrown instanceof StsError)) throw thrown;
      flows.fail(req, res, thrown);
    }
  });
  return router;
};

/** The device authorization grant (RFC 8628): its endpoint, and before the other pages its own. */
export const deviceRoutes = { endpoint: deviceCodeRoute, pages: deviceAuthRoutes };
