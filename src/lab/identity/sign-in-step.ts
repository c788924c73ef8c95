import type { Account } from '../directory/accounts.data';
import { findAccount, homeTenant, principalIn, type Principal } from '../directory/directory';
import type { Grants } from '../directory/grants';
import type { Registration } from '../directory/registration';
import { describeGrant, grantNames } from '../directory/scopes';
import { checkScopes, type AuthorizeRequest } from './authorize-request';
import { resolveAuthority } from './discovery';
import type { SignInSession, SignedInPerson } from './sign-in-session';
import { StsError } from './sts-error';

/** What happens next in a sign-in. */
export type Step =
  | { readonly next: 'choose-account' }
  | { readonly next: 'second-factor'; readonly person: SignedInPerson }
  | { readonly next: 'consent'; readonly principal: Principal; readonly person: SignedInPerson; readonly grants: readonly string[] }
  | {
      readonly next: 'ask-administrator';
      readonly principal: Principal;
      readonly person: SignedInPerson;
      readonly grants: readonly string[];
    }
  | { readonly next: 'answer'; readonly principal: Principal; readonly person: SignedInPerson }
  /** `app`: reported to the app; `page`: shown here, as the directory does with accounts it cannot place. */
  | { readonly next: 'fail'; readonly error: StsError; readonly to: 'app' | 'page' };

const same = (left: string | undefined, right: string): boolean => left?.toLowerCase() === right.toLowerCase();

/** Which person of the session the request means, if exactly one. */
export const personFor = (request: AuthorizeRequest, session: SignInSession | undefined): SignedInPerson | undefined => {
  const people = (session?.people ?? []).filter(
    ({ username }) =>
      (request.loginHint === undefined || same(request.loginHint, username)) &&
      (request.domainHint === undefined ||
        request.domainHint === 'organizations' ||
        username.endsWith(`@${request.domainHint.toLowerCase()}`)),
  );
  return people.length === 1 ? people[0] : undefined;
};

/** The person in the tenant that the request's authority means, or the page that says why they are unknown there. */
export const placeAccount = (account: Account, authority: string, registration: Registration): Principal => {
  const resolved = resolveAuthority(authority);
  const tenant = resolved?.kind === 'tenant' ? resolved.tenant : homeTenant(account);
  const principal = principalIn(account, tenant);
  if (principal) return principal;
  throw new StsError(50020, [account.username, homeTenant(account).name, tenant.name, registration.clientId]);
};

/** A claims challenge that only a second factor satisfies names an authentication context or a policy. */
const demandsStrength = (claims: string | undefined): boolean => claims !== undefined && /"(acrs|capolids)"/.test(claims);

const policyClaims = '{"access_token":{"capolids":{"essential":true,"values":["a5b1d0c2-3f64-4f0e-9d2b-7c1e8f6a0d11"]}}}';

/** The claims that a client must bring back to meet the lab's second-factor policy. */
export const strongClaims = policyClaims;

const obstacle = (
  account: Account,
  person: SignedInPerson,
  wish: { request: AuthorizeRequest; registration: Registration },
): Step | undefined => {
  const fail = (error: StsError, to: 'app' | 'page' = 'app'): Step => ({ next: 'fail', error, to });
  const { request, registration } = wish;
  if (account.obstacle === 'disabled') return fail(new StsError(50057), 'page');
  if (account.obstacle === 'blocked') return fail(new StsError(53003));
  if (account.obstacle === 'unassigned') return fail(new StsError(50105, [registration.name, registration.clientId]));
  const willing = request.prompt === 'login' || demandsStrength(request.claims);
  if (person.strong || (account.obstacle !== 'mfa' && !demandsStrength(request.claims))) return undefined;
  if (willing && request.prompt !== 'none') return { next: 'second-factor', person };
  return fail(new StsError(50076, [registration.name], { claims: policyClaims }));
};

/** The grants that the request needs and the person does not have; `.default` is content with any that exist. */
export const missingGrants = (request: AuthorizeRequest, held: ReadonlySet<string>): string[] => {
  const scopes = checkScopes(request.scope);
  const contented = scopes.resources
    .filter(({ everything, resource }) => everything && [...held].some((name) => name.startsWith(`${resource.audience}/`)))
    .map(({ resource }) => resource.audience);
  return grantNames(scopes).filter((name) => !held.has(name) && !contented.some((audience) => name.startsWith(`${audience}/`)));
};

const consent = (
  principal: Principal,
  person: SignedInPerson,
  wish: { request: AuthorizeRequest; grants: Grants; registration: Registration },
): Step | undefined => {
  const { request, grants, registration } = wish;
  const missing = missingGrants(request, grants.of(principal));
  const asked = request.prompt === 'consent' ? grantNames(checkScopes(request.scope)) : missing;
  if (asked.length === 0) return undefined;
  if (request.prompt === 'none') {
    return {
      next: 'fail',
      to: 'app',
      error: new StsError(65001, [registration.clientId, registration.name], { error: 'consent_required' }),
    };
  }
  const mayGrant = principal.account.administrator && !principal.guest;
  const needsAdministrator = missing.some((name) => describeGrant(name)?.adminOnly);
  return needsAdministrator && !mayGrant
    ? { next: 'ask-administrator', principal, person, grants: missing }
    : { next: 'consent', principal, person, grants: asked };
};

export interface Situation {
  readonly request: AuthorizeRequest;
  readonly registration: Registration;
  readonly grants: Grants;
  /** Who has just been chosen, or is already signed in here. */
  readonly person: SignedInPerson | undefined;
  /** Whether the person chose the account in this very sign-in. */
  readonly chosen: boolean;
}

const withPerson = (situation: Situation, person: SignedInPerson): Step => {
  const account = findAccount(person.username);
  if (!account) return { next: 'choose-account' };
  const principal = placeAccount(account, situation.request.authority, situation.registration);
  return obstacle(account, person, situation) ?? consent(principal, person, situation) ?? { next: 'answer', principal, person };
};

/** Decides the next step of a sign-in from what is known so far; the same request and answers give the same step. */
export const nextStep = (situation: Situation): Step => {
  const { request, person, chosen } = situation;
  const askAgain = !chosen && (request.prompt === 'login' || request.prompt === 'select_account');
  if (request.prompt === 'none' && !person) return { next: 'fail', to: 'app', error: new StsError(50058) };
  if (!person || askAgain) return { next: 'choose-account' };
  try {
    return withPerson(situation, person);
  } catch (thrown) {
    if (thrown instanceof StsError) return { next: 'fail', error: thrown, to: request.prompt === 'none' ? 'app' : 'page' };
    throw thrown;
  }
};
