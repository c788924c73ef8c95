import { AppError } from '../../errors';
import { currentUser, type SignedInUser } from '../../http/current-user';
import { IdentityError } from '../../identity/identity-error';
import { arriveAnew, arriveInReach, type ArrivalOptions, type Exchange } from './arrival';
import { signInProblem } from './identity-problem';
import type { Pending } from './pending-sign-ins';
import type { PendingSignIn } from './ports';
import type { RedirectAnswer } from './redirect-answer';

export interface SignInOptions extends ArrivalOptions {
  readonly pending: Pending;
  /** `organizations`, or the one tenant of this installation. */
  readonly tenant: string;
}

export interface StartWish {
  readonly returnTo: string;
  readonly tenant?: string | undefined;
  readonly prompt?: 'login' | 'select_account' | 'consent' | undefined;
  readonly claims?: string | undefined;
}

/** What a departure keeps beside the wish. */
type Course = Pick<PendingSignIn, 'purpose' | 'attempt' | 'sessionId'>;

const begin = async (options: SignInOptions, { req, res }: Exchange, departure: StartWish & Course): Promise<string> => {
  const { identity, pending, redirectUri, scopes } = options;
  const { returnTo, prompt, claims, purpose, attempt, sessionId, tenant = options.tenant } = departure;
  const left = await pending.begin(req, res, { returnTo, tenant, purpose, attempt, sessionId });
  return identity.authorizationUrl({ ...left, tenant, scopes, redirectUri, prompt, claims });
};

/** Somebody who is signed in and follows a link into another tenant wants its rights as well, not to become somebody else. */
const reachingOut = (user: SignedInUser | undefined, { tenant, prompt }: StartWish): user is SignedInUser =>
  user !== undefined && prompt === undefined && tenant !== undefined && tenant !== 'organizations' && tenant !== user.tenantId;

const courseOf = (user: SignedInUser | undefined, wish: StartWish): Course =>
  reachingOut(user, wish) ? { purpose: 'reach', attempt: 0, sessionId: user.sessionId } : { purpose: 'sign-in', attempt: 0 };

/** One more trip can help: the service asks for the person (a second factor), and this is the first time it does. */
const worthRetrying = (error: unknown, { attempt }: PendingSignIn): error is IdentityError =>
  error instanceof IdentityError &&
  attempt === 0 &&
  error.failure === 'interaction' &&
  (error.claims !== undefined || error.oauthError === 'interaction_required' || error.suberror === 'basic_action');

/** Right after an administrator agreed, parts of the identity service may not know it yet. */
const consentUnderWay = (error: unknown, { purpose }: PendingSignIn): boolean =>
  purpose === 'connect' && error instanceof IdentityError && error.failure === 'consent';

const consentOnItsWay = ({ tenant, returnTo }: PendingSignIn): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'consent-on-its-way',
    publicMessage: 'The consent has not arrived everywhere yet; that can take a minute or two. Wait a moment, then go on.',
    action: { label: 'Go on', href: `/auth/signin?${new URLSearchParams({ tenant, return_to: returnTo }).toString()}` },
  });

/**
 * Whom a refusal is told of before the identity service has proved anybody: the person whose session asks for more. What an
 * address says of an organization is anybody's word, and goes into no organization's records.
 */
const knownBefore = ({ req }: Exchange, { purpose }: PendingSignIn): { readonly tenantId?: string; readonly objectId?: string } => {
  const user = purpose === 'reach' ? currentUser(req) : undefined;
  return user ? { tenantId: user.tenantId, objectId: user.objectId } : {};
};

/** Signing in: leaving for the identity service, and coming back. All resolve with the address to send the browser to. */
export const createSignInService = (options: SignInOptions) => {
  const beginOrExplain = async (exchange: Exchange, departure: StartWish & Course): Promise<string> => {
    try {
      return await begin(options, exchange, departure);
    } catch (error) {
      throw signInProblem(error, departure.returnTo);
    }
  };

  return Object.freeze({
    begin: (exchange: Exchange, wish: StartWish): Promise<string> =>
      beginOrExplain(exchange, { ...wish, ...courseOf(currentUser(exchange.req), wish) }),

    /** The sign-in that proves and connects `tenant`, after its administrator's consent; `returnTo`: where that is shown. */
    beginConnecting: (exchange: Exchange, tenant: string, returnTo = '/tenants'): Promise<string> =>
      beginOrExplain(exchange, { returnTo, tenant, purpose: 'connect', attempt: 0 }),

    /** `state` is checked before anything else happens; then the code is redeemed and a session starts. */
    finish: async (exchange: Exchange, answer: RedirectAnswer): Promise<string> => {
      const pending = await options.pending.finish(exchange.req, answer.state, ['sign-in', 'connect', 'reach']);
      let person = knownBefore(exchange, pending);
      try {
        const arrive = pending.purpose === 'reach' ? arriveInReach : arriveAnew;
        await arrive(options, exchange, { pending, answer, proven: (found) => void (person = found) });
        return pending.returnTo;
      } catch (error) {
        options.record({ action: 'sign-in-refused', ...person, code: (error as { code?: string }).code ?? 'unexpected' });
        if (consentUnderWay(error, pending)) throw consentOnItsWay(pending);
        if (!worthRetrying(error, pending)) throw signInProblem(error, pending.returnTo);
        const { returnTo, tenant, purpose, sessionId } = pending;
        return beginOrExplain(exchange, { returnTo, tenant, purpose, sessionId, attempt: 1, prompt: 'login', claims: error.claims });
      }
    },
  });
};

export type SignInService = ReturnType<typeof createSignInService>;
