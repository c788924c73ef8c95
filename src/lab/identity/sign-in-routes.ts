import { Router, type Request, type Response } from 'express';
import { findAccount } from '../directory/directory';
import type { AuthorizeRequest } from './authorize-request';
import { parseAuthorizeRequest } from './authorize-request';
import { appOf } from './app-of';
import { resolveAuthority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { createPageFlow, field } from './page-flow';
import { createSignInPages, readSignInFlow } from './sign-in-pages';
import { newSignIn } from './sign-in-session';
import { mayGrantForAll, type Step } from './sign-in-step';
import { StsError } from './sts-error';

interface Decision {
  readonly request: AuthorizeRequest;
  readonly step: Step;
}

/** What pressing a button of the consent page does; undefined means that the sign-in may go on. */
const decide = (deps: IdentityDeps, req: Request, { request, step }: Decision): StsError | undefined => {
  const { registration, grants } = appOf(deps, request.clientId);
  if (step.next === 'ask-administrator') return new StsError(90094, [registration.name]);
  if (field(req, 'consent') !== 'accept') return new StsError(65004);
  if (step.next !== 'consent') return undefined;
  const forAll = field(req, 'organization') === '1' && mayGrantForAll(step.principal);
  if (forAll) grants.grantTenant(step.principal.tenant, { delegated: step.grants, application: [] });
  else grants.grantPerson(step.principal, step.grants);
  return undefined;
};

/** A prompt is obeyed once. */
const unprompted = ({ prompt: _obeyed, ...request }: AuthorizeRequest): AuthorizeRequest => request;

/** The routes of a sign-in: authorize, then the forms of its pages. */
export const signInRoutes = (deps: IdentityDeps): Router => {
  const flows = createPageFlow(deps);
  const pages = createSignInPages(deps, flows);
  const reopen = (req: Request, res: Response) => flows.reopen(req, res, readSignInFlow);
  const router = Router();

  router.get('/:authority/oauth2/v2.0/authorize', async (req, res) => {
    const authority = resolveAuthority(req.params.authority);
    if (!authority) return flows.fail(req, res, new StsError(90002, [req.params.authority]));
    const parsed = parseAuthorizeRequest(req.query, authority, deps.registrations);
    if ('request' in parsed) return pages.show(req, res, { kind: 'sign-in', request: parsed.request, chosen: false });
    return parsed.returnTo ? flows.report(req, res, { to: parsed.returnTo, error: parsed.error }) : flows.fail(req, res, parsed.error);
  });

  router.post('/:authority/login', async (req, res) => {
    const flow = await reopen(req, res);
    if (!flow) return;
    const account = findAccount(field(req, 'account') ?? '');
    if (!account) return flows.fail(req, res, new StsError(90023, ['account', field(req, 'account') ?? '']));
    const person = newSignIn(account.username, deps.now());
    if (account.obstacle !== 'disabled') await deps.sessions.keep(req, res, person);
    return pages.show(req, res, { ...flow, person, chosen: true });
  });

  router.post('/:authority/again', async (req, res) => {
    const flow = await reopen(req, res);
    if (flow) await pages.show(req, res, flow);
  });

  router.post('/:authority/factor', async (req, res) => {
    const flow = await reopen(req, res);
    if (!flow) return;
    if (!flow.person) return flows.fail(req, res, new StsError(9002313));
    if (field(req, 'factor') !== 'approve') return flows.report(req, res, { to: flow.request, error: new StsError(500121) });
    const person = { ...flow.person, strong: true };
    await deps.sessions.keep(req, res, person);
    return pages.show(req, res, { ...flow, person, chosen: true });
  });

  router.post('/:authority/consent', async (req, res) => {
    const flow = await reopen(req, res);
    if (!flow) return;
    if (!flow.person) return flows.fail(req, res, new StsError(9002313));
    const declined = decide(deps, req, { request: flow.request, step: pages.stepOf({ ...flow, chosen: true }) });
    if (declined) return flows.report(req, res, { to: flow.request, error: declined });
    return pages.show(req, res, { ...flow, request: unprompted(flow.request), chosen: true });
  });

  return router;
};
