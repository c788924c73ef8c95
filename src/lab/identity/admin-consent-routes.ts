import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { LabCall } from '../calls';
import { findAccount, homeTenant, type Principal } from '../directory/directory';
import { originOf, sendPage } from '../web/page';
import { adminGrants, grantedScope, parseAdminConsentRequest, type AdminConsentRequest } from './admin-consent-request';
import { sendAnswer } from './answer';
import { appOf } from './app-of';
import { resolveAuthority, type Authority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { createPageFlow, field, type PageFlow } from './page-flow';
import { accountPage, adminConsentPage } from './pages';
import { newSignIn, type SignedInPerson } from './sign-in-session';
import { mayGrantForAll, placeAccount } from './sign-in-step';
import { errorParameters, createTrace, StsError } from './sts-error';

const adminConsentFlow = z.object({
  kind: z.literal('admin-consent'),
  request: z.custom<AdminConsentRequest>((value) => typeof value === 'object' && value !== null),
  username: z.string().optional(),
});
type Flow = z.infer<typeof adminConsentFlow>;
type CallOf = (req: Request) => LabCall | undefined;

/** The administrator behind an account, in the organization that is asked; throws 50020, 50057 or 90093 for anybody else. */
const administrator = (username: string, { authority, clientId }: AdminConsentRequest): Principal => {
  const account = findAccount(username);
  if (!account) throw new StsError(90023, ['account', username]);
  if (account.obstacle === 'disabled') throw new StsError(50057);
  const principal = placeAccount(account, authority, clientId);
  if (!mayGrantForAll(principal)) throw new StsError(90093);
  return principal;
};

/** One signed-in administrator is taken as the one who answers; otherwise the account is asked for. */
const soleAdministrator = (people: readonly SignedInPerson[], { authority }: AdminConsentRequest): string | undefined => {
  const tenant = resolveAuthority(authority);
  const fitting = people.filter(({ username }) => {
    const account = findAccount(username);
    return account?.administrator && (tenant?.kind !== 'tenant' || homeTenant(account).id === tenant.tenant.id);
  });
  return people.length === 1 ? fitting[0]?.username : undefined;
};

const createPages = (deps: IdentityDeps, flows: PageFlow, callOf: CallOf) => ({
  show: async (res: Response, { request, username }: Flow): Promise<void> => {
    const { registration } = appOf(deps, request.clientId);
    const applicationName = registration.name;
    const formTargets = originOf(request.redirectUri);
    const flow = await flows.carry({ kind: 'admin-consent', request, ...(username === undefined ? {} : { username }) });
    const carried = { action: `/${request.authority}/v2.0/adminconsent`, flow, applicationName };
    if (username === undefined) {
      const authority = resolveAuthority(request.authority) as Authority;
      return sendPage(res, { title: 'Sign in', body: accountPage({ ...carried, authority }), formTargets });
    }
    const principal = administrator(username, request);
    sendPage(res, {
      title: 'Permissions requested',
      body: adminConsentPage({ ...carried, principal, ...adminGrants(request.scope, registration) }),
      formTargets,
    });
  },

  decide: (req: Request, res: Response, { request, username = '' }: Flow): void => {
    const { registration, grants } = appOf(deps, request.clientId);
    const { tenant } = administrator(username, request);
    const call = callOf(req);
    if (call) call.tenant = tenant.id;
    const accepted = field(req, 'consent') === 'accept';
    const due = accepted ? deps.drills.take('identity', tenant.id, ['licence']) : undefined;
    if (call && due) call.fault = due.fault;
    if (accepted && !due) {
      grants.grantTenant(tenant, adminGrants(request.scope, registration));
      return sendAnswer(res, request, { admin_consent: 'True', tenant: tenant.id, scope: grantedScope(request.scope, registration) });
    }
    const refusal = due
      ? new StsError(650052, ['WindowsDefenderATP', tenant.name])
      : new StsError(65004, [], { error: 'consent_required' });
    const trace = createTrace(req.query['client-request-id'], deps.now());
    const { error = '', error_description = '' } = errorParameters(refusal, trace, deps.base());
    // Entra says True here too: an app decides by the error alone.
    sendAnswer(res, request, { admin_consent: 'True', error, error_description });
  },
});

/**
 * `/v2.0/adminconsent`: an administrator answers for the whole organization, which creates the app and its grants there.
 * `callOf` finds the ledger's entry of a request, which the tenant's name or a fault is added to.
 */
export const adminConsentRoutes = (deps: IdentityDeps, callOf: CallOf): Router => {
  const { registrations, sessions, now } = deps;
  const flows = createPageFlow(deps);
  const { show, decide } = createPages(deps, flows, callOf);

  const guarded =
    (act: (req: Request<{ authority: string }>, res: Response) => Promise<void>): RequestHandler<{ authority: string }> =>
    async (req, res) => {
      try {
        await act(req, res);
      } catch (thrown) {
        if (!(thrown instanceof StsError)) throw thrown;
        flows.fail(req, res, thrown);
      }
    };

  const start = guarded(async (req, res) => {
    const authority = resolveAuthority(req.params.authority);
    if (!authority) throw new StsError(90002, [req.params.authority]);
    const call = callOf(req);
    if (call && authority.kind === 'tenant') call.tenant = authority.tenant.id;
    const request = parseAdminConsentRequest(req.query, authority, registrations);
    const username = soleAdministrator(await sessions.read(req), request);
    await show(res, { kind: 'admin-consent', request, ...(username === undefined ? {} : { username }) });
  });

  const proceed = guarded(async (req, res) => {
    const flow = await flows.reopen(req, res, (payload) => adminConsentFlow.safeParse(payload).data);
    if (!flow) return;
    const chosen = field(req, 'account');
    if (chosen === undefined) return decide(req, res, flow);
    administrator(chosen, flow.request);
    await sessions.keep(req, res, newSignIn(chosen, now()));
    return show(res, { ...flow, username: chosen });
  });

  const router = Router();
  router.get('/:authority/v2.0/adminconsent', start);
  router.post('/:authority/v2.0/adminconsent', proceed);
  return router;
};
