import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Html } from '../web/html';
import { originOf, sendPage } from '../web/page';
import { sendAnswer } from './answer';
import { appOf } from './app-of';
import type { AuthorizeRequest } from './authorize-request';
import { resolveAuthority, type Authority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import type { PageFlow } from './page-flow';
import { accountPage, approvalPage, consentPage, secondFactorPage } from './pages';
import { signedInPerson, withUse } from './sign-in-session';
import { nextStep, personFor, type Step } from './sign-in-step';
import type { StsError } from './sts-error';
import { clientInfo } from './tokens';

/** What a page's form carries: the checked request, and how far the sign-in has come. */
const signInFlow = z.object({
  kind: z.literal('sign-in'),
  request: z.custom<AuthorizeRequest>((value) => typeof value === 'object' && value !== null),
  person: signedInPerson.optional(),
  chosen: z.boolean(),
});
export type SignInFlow = z.infer<typeof signInFlow>;

export const readSignInFlow = (payload: unknown): SignInFlow | undefined => signInFlow.safeParse(payload).data;

/** Ends a sign-in with a code for the app. */
const createAnswer =
  ({ sessions, codes }: IdentityDeps) =>
  async (
    req: Request,
    res: Response,
    { request, step }: { readonly request: AuthorizeRequest; readonly step: Extract<Step, { next: 'answer' }> },
  ): Promise<void> => {
    const { principal, person } = step;
    const { username, sid, authTime, strong } = person;
    const { clientId, authority, redirectUri, scope, challenge, nonce, claims } = request;
    await sessions.keep(req, res, withUse(person, { clientId, tenantId: principal.tenant.id }));
    const code = await codes.issue({
      ...{ clientId, username, sid, authTime, strong, authority, redirectUri, scope, challenge },
      tenantId: principal.tenant.id,
      ...(nonce === undefined ? {} : { nonce }),
      ...(claims === undefined ? {} : { claims }),
    });
    sendAnswer(res, request, { code, ...(request.clientInfo ? { client_info: clientInfo(principal) } : {}), session_state: sid });
  };

/** Shows the page that a sign-in has come to, or sends its answer to the app. */
export const createSignInPages = (deps: IdentityDeps, flows: PageFlow) => {
  const { sessions } = deps;
  const answer = createAnswer(deps);

  /** The page of a step that waits for the person. */
  const pageOf = async (flow: SignInFlow, step: Exclude<Step, { next: 'answer' | 'fail' }>): Promise<{ title: string; body: Html }> => {
    const { request } = flow;
    const carried = await flows.carry({ ...flow, ...('person' in step ? { person: step.person } : {}) });
    const to = (path: string) => ({ action: `/${request.authority}/${path}`, flow: carried });
    const applicationName = appOf(deps, request.clientId).registration.name;
    switch (step.next) {
      case 'choose-account': {
        const authority = resolveAuthority(request.authority) as Authority;
        return { title: 'Sign in', body: accountPage({ ...to('login'), applicationName, authority, first: request.loginHint }) };
      }
      case 'second-factor':
        return { title: 'Approve the sign-in', body: secondFactorPage({ ...to('factor'), username: step.person.username }) };
      case 'consent':
        return { title: 'Permissions requested', body: consentPage({ ...step, ...to('consent'), applicationName }) };
      case 'ask-administrator':
        return { title: 'Need admin approval', body: approvalPage({ ...step, ...to('consent'), applicationName }) };
    }
  };

  const fail = async (
    req: Request,
    res: Response,
    { flow, error }: { readonly flow: SignInFlow; readonly error: StsError },
  ): Promise<void> => {
    const { person: _refused, ...rest } = flow;
    const again = await flows.carry({ ...rest, request: { ...flow.request, prompt: 'select_account' }, chosen: false });
    flows.failAgain(req, res, { error, again: { action: `/${flow.request.authority}/again`, flow: again } });
  };

  const stepOf = (flow: SignInFlow, person = flow.person): Step =>
    nextStep({ ...appOf(deps, flow.request.clientId), request: flow.request, person, chosen: flow.chosen });

  return Object.freeze({
    stepOf,
    show: async (req: Request, res: Response, flow: SignInFlow): Promise<void> => {
      const { request } = flow;
      const step = stepOf(flow, flow.person ?? personFor(request, await sessions.read(req)));
      if (step.next === 'answer') return answer(req, res, { request, step });
      if (step.next === 'fail' && step.to === 'app') return flows.report(req, res, { to: request, error: step.error });
      if (step.next === 'fail') return fail(req, res, { flow, error: step.error });
      sendPage(res, { ...(await pageOf(flow, step)), formTargets: originOf(request.redirectUri) });
    },
  });
};
