import type { Account } from '../directory/accounts.data';
import { findAccount, homeTenant, principalIn, type Principal } from '../directory/directory';
import type { App } from './app-of';
import { describeGrant, grantNames } from '../directory/scopes';
import { checkScopes, type AuthorizeRequest } from './authorize-request';
import { resolveAuthority } from './discovery';
import type { SignedInPerson } from './sign-in-session';
import { StsError } from './sts-error';
import { loginHintOf } from './tokens';

interface Located {
  readonly principal: Principal;
  readonly person: SignedInPerson;
}

/** What happens next in a sign-in. */
export type Step =
  | { readonly next: 'choose-account' }
  | { readonly next: 'second-factor'; readonly person: SignedInPerson }
  | ({ readonly next: 'consent'; readonly grants: readonly string[] } & Located)
  | ({ readonly next: 'ask-administrator'; readonly grants: readonly string[] } & Located)
  | ({ readonly next: 'answer' } & Located)
  /** `app`: reported to the app; `page`: shown here, as the directory does with accounts it cannot place. */
  | { readonly next: 'fail'; readonly error: StsError; readonly to: 'app' | 'page' };

export interface Situation extends App {
  readonly request: AuthorizeRequest;
  /** Who has just been chosen, or is already signed in here. */
  readonly person: SignedInPerson | undefined;
  /** Whether the person chose the account in this very sign-in. */
  readonly chosen: boolean;
}

/** The account that a hint names: by its user name, or by the opaque hint that ID tokens carry. */
export const accountByHint = (hint: string | undefined, among: readonly SignedInPerson[]): SignedInPerson | undefined =>
  among.find(({ username }) => {
    const account = findAccount(username);
    return hint !== undefined && account !== undefined && (username.toLowerCase() === hint.toLowerCase() || loginHintOf(account) === hint);
  });

const inDomain = (username: string, hint: string | undefined): boolean => {
  const account = findAccount(username);
  if (hint === undefined || hint === 'organizations' || account === undefined) return true;
  const tenant = homeTenant(account);
  return [tenant.id, tenant.domain].includes(hint.toLowerCase());
};

/** Which signed-in person the request means, if exactly one. */
export const personFor = ({ loginHint, domainHint }: AuthorizeRequest, people: readonly SignedInPerson[]): SignedInPerson | undefined => {
  if (loginHint !== undefined) return accountByHint(loginHint, people);
  const fitting = people.filter(({ username }) => inDomain(username, domainHint));
  return fitting.length === 1 ? fitting[0] : undefined;
};

/** The person in the tenant that an authority means; throws 50020 for a stranger there. */
export const placeAccount = (account: Account, authority: string, clientId: string): Principal => {
  const resolved = resolveAuthority(authority);
  const tenant = resolved?.kind === 'tenant' ? resolved.tenant : homeTenant(account);
  const principal = principalIn(account, tenant);
  if (principal) return principal;
  throw new StsError(50020, [account.username, homeTenant(account).name, tenant.name, clientId]);
};

/** The claims that a client must bring back to meet the lab's second-factor policy. */
export const strongClaims = '{"access_token":{"capolids":{"essential":true,"values":["a5b1d0c2-3f64-4f0e-9d2b-7c1e8f6a0d11"]}}}';

/** Only a claims parameter that names an authentication context or a policy asks for a second factor. */
export const demandsStrength = (claims: string | undefined): boolean => claims !== undefined && /"(acrs|capolids)"/.test(claims);

/** A second factor is asked for where a challenge or a fresh sign-in is under way; otherwise the app is told that one is needed. */
const secondFactor = (account: Account, person: SignedInPerson, { request, registration }: Situation): Step | undefined => {
  const demanded = demandsStrength(request.claims);
  if (person.strong || (account.obstacle !== 'mfa' && !demanded)) return undefined;
  if (request.prompt !== 'none' && (demanded || request.prompt === 'login')) return { next: 'second-factor', person };
  return { next: 'fail', to: 'app', error: new StsError(50076, [registration.name], { claims: strongClaims }) };
};

const obstacle = ({ obstacle: kind }: Account, { registration }: Situation): Step | undefined => {
  if (kind === 'disabled') return { next: 'fail', to: 'page', error: new StsError(50057) };
  if (kind === 'blocked') return { next: 'fail', to: 'app', error: new StsError(53003) };
  if (kind === 'unassigned') return { next: 'fail', to: 'app', error: new StsError(50105, [registration.name, registration.clientId]) };
  return undefined;
};

/** The grants that the request needs and the person does not have; `.default` is content with any that exist. */
const missingGrants = ({ request, registration }: Situation, held: ReadonlySet<string>): string[] => {
  const scopes = checkScopes(request.scope);
  const contented = scopes.resources
    .filter(({ everything, resource }) => everything && [...held].some((name) => name.startsWith(`${resource.audience}/`)))
    .map(({ resource }) => resource.audience);
  return grantNames(scopes, registration.delegated).filter(
    (name) => !held.has(name) && !contented.some((audience) => name.startsWith(`${audience}/`)),
  );
};

/** Whether this person may give consent that is reserved to administrators: only at home, and only as one. */
export const mayGrantForAll = ({ account, guest }: Principal): boolean => account.administrator && !guest;

const consent = (located: Located, situation: Situation): Step | undefined => {
  const { request, grants, registration } = situation;
  const missing = missingGrants(situation, grants.of(located.principal));
  const asked = request.prompt === 'consent' ? grantNames(checkScopes(request.scope), registration.delegated) : missing;
  if (asked.length === 0) return undefined;
  if (request.prompt === 'none') {
    return {
      next: 'fail',
      to: 'app',
      error: new StsError(65001, [registration.clientId, registration.name], { error: 'consent_required' }),
    };
  }
  const needsAdministrator = missing.some((name) => describeGrant(name)?.adminOnly);
  if (needsAdministrator && !mayGrantForAll(located.principal)) return { next: 'ask-administrator', ...located, grants: missing };
  return { next: 'consent', ...located, grants: asked };
};

const withPerson = (situation: Situation, person: SignedInPerson): Step => {
  const account = findAccount(person.username);
  if (!account) return { next: 'choose-account' };
  const located = { principal: placeAccount(account, situation.request.authority, situation.registration.clientId), person };
  return (
    obstacle(account, situation) ??
    secondFactor(account, person, situation) ??
    consent(located, situation) ?? { next: 'answer', ...located }
  );
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
