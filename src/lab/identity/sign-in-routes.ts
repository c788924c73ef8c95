import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { findAccount } from '../directory/directory';
import { originOf, sendPage } from '../web/page';
import { sendAnswer } from './answer';
import { parseAuthorizeRequest, type AuthorizeRequest } from './authorize-request';
import { resolveAuthority, type Authority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { accountPage, approvalPage, consentPage, errorPage, secondFactorPage } from './pages';
import { clientInfo } from './tokens';
import { nextStep, personFor, type Step } from './sign-in-step';
import type { SignedInPerson } from './sign-in-session';
import { createTrace, errorParameters, StsError } from './sts-error';

/** What a page's form carries: the checked request, and how far the sign-in has come. */
const carried = z.object({
  request: z.custom<AuthorizeRequest>((value) => typeof value === 'object' && value !== null),
  person: z.object({ username: z.string(), authTime: z.number(), strong: z.boolean() }).optional(),
  chosen: z.boolean(),
});
type Flow = z.infer<typeof carried>;

const field = (req: Request, name: string): string | undefined => {
  const value: unknown = (req.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};

const flowLifetime = 900;

/** The pages of a sign-in: authorize, account, second factor, consent, and the answer to the app. */
export const signInRoutes = (deps: IdentityDeps): Router => {
  const { registration, grants, sessions, codes, flowSeal, base, now } = deps;
  const router = Router();

  const fail = (req: Request, res: Response, error: StsError): void => {
    const trace = createTrace(req.query['client-request-id'], now());
    sendPage(res, { title: 'Sign-in failed', status: 400, body: errorPage(error, trace) });
  };

  const report = (
    req: Request,
    res: Response,
    wish: { request: Pick<AuthorizeRequest, 'redirectUri' | 'responseMode' | 'state'>; error: StsError },
  ): void => sendAnswer(res, wish.request, errorParameters(wish.error, createTrace(req.query['client-request-id'], now()), base()));

  const answer = async (res: Response, request: AuthorizeRequest, step: Extract<Step, { next: 'answer' }>, sid: string): Promise<void> => {
    const { principal, person } = step;
    const code = await codes.issue({
      username: principal.account.username,
      tenantId: principal.tenant.id,
      authority: request.authority,
      redirectUri: request.redirectUri,
      scope: request.scope,
      challenge: request.challenge,
      ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
      ...(request.claims === undefined ? {} : { claims: request.claims }),
      sid,
      authTime: person.authTime,
      strong: person.strong,
    });
    sendAnswer(res, request, { code, ...(request.clientInfo ? { client_info: clientInfo(principal) } : {}), session_state: sid });
  };

  const show = async (req: Request, res: Response, flow: Flow): Promise<void> => {
    const { request } = flow;
    const authority = resolveAuthority(request.authority) as Authority;
    const session = await sessions.read(req);
    const step = nextStep({ request, registration, grants, person: flow.person ?? personFor(request, session), chosen: flow.chosen });
    const carry = async (path: string, more: Partial<Flow> = {}) => ({
      action: `/${request.authority}/${path}`,
      flow: await flowSeal.seal({ ...flow, ...more }, flowLifetime),
    });
    const page = (title: string, body: ReturnType<typeof accountPage>): void =>
      sendPage(res, { title, body, formTargets: originOf(request.redirectUri) });
    const { name: applicationName } = registration;
    switch (step.next) {
      case 'choose-account':
        return page('Sign in', accountPage({ ...(await carry('login')), applicationName, authority, first: request.loginHint }));
      case 'second-factor':
        return page('Approve', secondFactorPage({ ...(await carry('factor', { person: step.person })), username: step.person.username }));
      case 'consent':
        return page('Consent', consentPage({ ...(await carry('consent', { person: step.person })), ...step, applicationName }));
      case 'ask-administrator':
        return page(
          'Need admin approval',
          approvalPage({ ...(await carry('consent', { person: step.person })), ...step, applicationName }),
        );
      case 'fail':
        return step.to === 'page' ? fail(req, res, step.error) : report(req, res, { request, error: step.error });
      case 'answer':
        return answer(res, request, step, session?.sid ?? (await sessions.signIn(req, res, step.person)).sid);
    }
  };

  /** Opens the form's sealed state, or shows why it cannot be used any more. */
  const reopen = async (req: Request, res: Response): Promise<Flow | undefined> => {
    const opened = await flowSeal.open(field(req, 'flow') ?? '');
    const flow = 'payload' in opened ? carried.safeParse(opened.payload).data : undefined;
    if (!flow) fail(req, res, new StsError('problem' in opened && opened.problem === 'expired' ? 50089 : 9002313));
    return flow;
  };

  router.get('/:authority/oauth2/v2.0/authorize', async (req, res) => {
    const authority = resolveAuthority(req.params.authority);
    if (!authority) return fail(req, res, new StsError(90002, [req.params.authority]));
    const parsed = parseAuthorizeRequest(req.query, authority, registration);
    if ('request' in parsed) return show(req, res, { request: parsed.request, chosen: false });
    return parsed.returnTo ? report(req, res, { request: parsed.returnTo, error: parsed.error }) : fail(req, res, parsed.error);
  });

  router.post('/:authority/login', async (req, res) => {
    const flow = await reopen(req, res);
    if (!flow) return;
    const account = findAccount(field(req, 'account') ?? '');
    if (!account) return fail(req, res, new StsError(90023, ['account', field(req, 'account') ?? '']));
    const person: SignedInPerson = { username: account.username, authTime: Math.floor(now().getTime() / 1000), strong: false };
    if (account.obstacle !== 'disabled') await sessions.signIn(req, res, person);
    return show(req, res, { ...flow, person, chosen: true });
  });

  router.post('/:authority/factor', async (req, res) => {
    const flow = await reopen(req, res);
    if (!flow?.person) return;
    if (field(req, 'factor') !== 'approve') return report(req, res, { request: flow.request, error: new StsError(500121) });
    const person = { ...flow.person, strong: true };
    await sessions.signIn(req, res, person);
    return show(req, res, { ...flow, person, chosen: true });
  });

  router.post('/:authority/consent', async (req, res) => {
    const flow = await reopen(req, res);
    if (!flow) return;
    const { request, person } = flow;
    const step = nextStep({ request, registration, grants, person, chosen: true });
    if (step.next === 'ask-administrator') return report(req, res, { request, error: new StsError(90094, [registration.name]) });
    if (field(req, 'consent') !== 'accept') return report(req, res, { request, error: new StsError(65004) });
    if (step.next === 'consent') {
      const forAll = field(req, 'organization') === '1' && step.principal.account.administrator && !step.principal.guest;
      if (forAll) grants.grantTenant(step.principal.tenant, { delegated: step.grants, application: [] });
      else grants.grantPerson(step.principal, step.grants);
    }
    const { prompt: _asked, ...unprompted } = request;
    return show(req, res, { request: unprompted, ...(person ? { person } : {}), chosen: true });
  });

  return router;
};
