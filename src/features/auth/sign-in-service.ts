import type { Request, Response } from 'express';
import { AppError } from '../../errors';
import type { TenantId } from '../../http/current-user';
import type { IdentityClient, Redeemed } from '../../identity/identity-client';
import { IdentityError, rejected } from '../../identity/identity-error';
import { fromRedirectError } from '../../identity/token-errors';
import { signInProblem } from './identity-problem';
import type { Pending, Wish } from './pending-sign-ins';
import type { NewSession, PendingSignIn, RecordEvent, Sessions, TenantAdmission, TokenRecords } from './ports';
import type { RedirectAnswer } from './redirect-answer';
import { writeTokenContent } from './token-content';

export interface SignInOptions {
  readonly identity: IdentityClient;
  readonly pending: Pending;
  readonly sessions: Sessions;
  readonly tokens: TokenRecords;
  readonly tenants: TenantAdmission;
  readonly record: RecordEvent;
  readonly redirectUri: string;
  /** `organizations`, or the one tenant of this installation. */
  readonly tenant: string;
  /** What hunting needs: asked for at sign-in, so that one consent and one trip do. */
  readonly scopes: readonly string[];
  readonly clock: () => number;
}

export interface StartWish {
  readonly returnTo: string;
  readonly tenant?: string | undefined;
  readonly prompt?: 'login' | 'select_account' | 'consent' | undefined;
  readonly claims?: string | undefined;
  readonly purpose?: 'sign-in' | 'connect';
  readonly attempt?: number;
}

const begin = async (options: SignInOptions, http: { req: Request; res: Response }, wish: StartWish): Promise<string> => {
  const { identity, pending, redirectUri, scopes } = options;
  const { returnTo, prompt, claims, purpose = 'sign-in', attempt = 0 } = wish;
  const kept: Wish = { returnTo, tenant: wish.tenant ?? options.tenant, purpose, attempt };
  const departure = await pending.begin(http.req, http.res, kept);
  return identity.authorizationUrl({ ...departure, tenant: kept.tenant, scopes, redirectUri, prompt, claims });
};

/** One more trip can help: the service asks for the person (a second factor), and this is the first time it does. */
const worthRetrying = (error: unknown, { attempt }: PendingSignIn): error is IdentityError =>
  error instanceof IdentityError &&
  attempt === 0 &&
  error.failure === 'interaction' &&
  (error.claims !== undefined || error.oauthError === 'interaction_required' || error.suberror === 'basic_action');

const redeem = async (
  { identity, scopes, redirectUri }: SignInOptions,
  pending: PendingSignIn,
  answer: RedirectAnswer,
): Promise<Redeemed> => {
  if (answer.iss !== undefined && !(await identity.isIssuerOf(pending.tenant, answer.iss))) throw rejected('redirect-issuer');
  if (answer.error !== undefined) throw fromRedirectError(answer);
  if (answer.code === undefined) throw rejected('redirect-without-code');
  const { tenant, codeVerifier, nonce } = pending;
  return identity.redeemCode({ tenant, scopes, redirectUri, code: answer.code, codeVerifier, nonce });
};

const holds = (granted: readonly string[], wanted: readonly string[]): boolean => {
  const held = new Set(granted.map((scope) => scope.toLowerCase()));
  return wanted.every((scope) => held.has(scope.toLowerCase()) || held.has(scope.slice(scope.lastIndexOf('/') + 1).toLowerCase()));
};

const sessionOf = async (options: SignInOptions, pending: PendingSignIn, redeemed: Redeemed): Promise<NewSession> => {
  const { tenantId, objectId, name, username = '', guest, sid, loginHint } = redeemed.identity;
  const arrival = { tenantId: tenantId as TenantId, objectId, username, guest };
  const admitted = await options.tenants.admit({
    ...arrival,
    consented: holds(redeemed.grantedScopes, options.scopes),
    connecting: pending.purpose === 'connect',
  });
  return {
    tenantId: arrival.tenantId,
    objectId,
    name: name ?? (username || 'Signed-in analyst'),
    username,
    tenantName: admitted.name,
    identitySid: sid ?? null,
    logoutHint: loginHint ?? null,
    signedInAt: options.clock(),
  };
};

const start = async (
  options: SignInOptions,
  http: { req: Request; res: Response },
  signedIn: { session: NewSession; redeemed: Redeemed },
): Promise<void> => {
  const { tenantId, objectId } = signedIn.session;
  const sessionId = await options.sessions.begin(http.req, http.res, signedIn.session);
  const kept = await options.tokens.write({ sessionId, tenantId, objectId }, writeTokenContent(signedIn.redeemed.cache), 0);
  if (kept) return;
  await options.sessions.end(http.req, http.res);
  throw new AppError({
    kind: 'unavailable',
    code: 'tokens-not-kept',
    publicMessage: 'Quarry could not keep your sign-in. Try again shortly.',
  });
};

const complete = async (
  options: SignInOptions,
  http: { req: Request; res: Response },
  arrival: { pending: PendingSignIn; answer: RedirectAnswer },
) => {
  const redeemed = await redeem(options, arrival.pending, arrival.answer);
  const session = await sessionOf(options, arrival.pending, redeemed);
  await start(options, http, { session, redeemed });
  options.record({ action: 'sign-in', tenantId: session.tenantId, objectId: session.objectId });
  return arrival.pending.returnTo;
};

/** Signing in: leaving for the identity service, and coming back. Both resolve with the address to send the browser to. */
export const createSignInService = (options: SignInOptions) =>
  Object.freeze({
    begin: async (http: { req: Request; res: Response }, wish: StartWish): Promise<string> => {
      try {
        return await begin(options, http, wish);
      } catch (error) {
        throw signInProblem(error, wish.returnTo);
      }
    },

    /** `state` is checked before anything else happens; then the code is redeemed and a session starts. */
    finish: async (http: { req: Request; res: Response }, answer: RedirectAnswer): Promise<string> => {
      const pending = await options.pending.finish(http.req, answer.state, ['sign-in', 'connect']);
      try {
        return await complete(options, http, { pending, answer });
      } catch (error) {
        options.record({ action: 'sign-in-refused', code: (error as { code?: string }).code ?? 'unexpected' });
        const { returnTo, tenant, purpose } = pending;
        if (worthRetrying(error, pending) && purpose !== 'consent') {
          return begin(options, http, { returnTo, tenant, purpose, attempt: 1, prompt: 'login', claims: error.claims });
        }
        throw signInProblem(error, returnTo);
      }
    },
  });

export type SignInService = ReturnType<typeof createSignInService>;
