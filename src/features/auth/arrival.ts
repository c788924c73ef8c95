import type { Request, Response } from 'express';
import { AppError } from '../../errors';
import { currentUser, type TenantId } from '../../http/current-user';
import type { IdentityClient, Redeemed, TokenCache } from '../../identity/identity-client';
import { rejected } from '../../identity/identity-error';
import { fromRedirectError } from '../../identity/token-errors';
import type { NewSession, PendingSignIn, RecordEvent, Sessions, TenantAdmission, TenantHealth, TokenRecords } from './ports';
import type { RedirectAnswer } from './redirect-answer';
import { roleFactsOf } from './role-claims';
import type { RoleKeeper } from './role-keeper';
import type { Withdrawals } from './withdrawals';
import { signInAgain, type SessionCache } from './session-cache';
import { writeTokenContent } from './token-content';

export interface ArrivalOptions {
  readonly identity: IdentityClient;
  readonly sessions: Sessions;
  readonly tokens: TokenRecords;
  readonly cache: SessionCache;
  readonly roles: Pick<RoleKeeper, 'arrived' | 'learned'>;
  readonly withdrawals: Pick<Withdrawals, 'healed'>;
  readonly tenants: TenantAdmission & Pick<TenantHealth, 'succeeded'>;
  readonly record: RecordEvent;
  readonly redirectUri: string;
  /** What hunting needs: asked for at sign-in, so that one consent and one trip do. */
  readonly scopes: readonly string[];
  readonly clock: () => number;
}

/** One browser's exchange with us. */
export interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

/** A sign-in that came back under a state of ours. */
export interface Arriving {
  readonly pending: PendingSignIn;
  readonly answer: RedirectAnswer;
  /** Told who it is as soon as that is certain, whatever becomes of the sign-in then. */
  readonly proven: (person: { readonly tenantId: string; readonly objectId: string }) => void;
}

const redeem = async (options: ArrivalOptions, { pending, answer, proven }: Arriving, cache?: TokenCache): Promise<Redeemed> => {
  const { identity, scopes, redirectUri } = options;
  if (answer.iss !== undefined && !(await identity.isIssuerOf(pending.tenant, answer.iss))) throw rejected('redirect-issuer');
  if (answer.error !== undefined) throw fromRedirectError(answer);
  if (answer.code === undefined) throw rejected('redirect-without-code');
  const { tenant, codeVerifier, nonce } = pending;
  const redeemed = await identity.redeemCode({ tenant, scopes, redirectUri, code: answer.code, codeVerifier, nonce, cache });
  const { tenantId, objectId } = redeemed.identity;
  proven({ tenantId, objectId });
  return redeemed;
};

const holds = (granted: readonly string[], wanted: readonly string[]): boolean => {
  const held = new Set(granted.map((scope) => scope.toLowerCase()));
  return wanted.every((scope) => held.has(scope.toLowerCase()) || held.has(scope.slice(scope.lastIndexOf('/') + 1).toLowerCase()));
};

const admit = async (options: ArrivalOptions, redeemed: Redeemed, connecting: boolean): Promise<{ readonly name: string }> => {
  const { tenantId, objectId, username = '', guest } = redeemed.identity;
  const consented = holds(redeemed.grantedScopes, options.scopes);
  const { grantedScopes } = redeemed;
  const { assigned, directoryAdministrator } = roleFactsOf(redeemed.identity);
  const admitted = await options.tenants.admit({
    tenantId: tenantId as TenantId,
    objectId,
    username,
    guest,
    consented,
    connecting,
    administrator: directoryAdministrator || assigned.includes('administrator'),
    grantedScopes,
  });
  if (consented) await options.withdrawals.healed(tenantId as TenantId);
  return admitted;
};

const sessionOf = (redeemed: Redeemed, more: Pick<NewSession, 'tenantName' | 'roleFacts' | 'signedInAt'>): NewSession => {
  const { tenantId, objectId, name, username = '', sid, loginHint } = redeemed.identity;
  return {
    tenantId: tenantId as TenantId,
    objectId,
    name: name ?? (username || 'Signed-in analyst'),
    username,
    ...more,
    identitySid: sid ?? null,
    logoutHint: loginHint ?? null,
  };
};

const start = async (
  options: ArrivalOptions,
  { req, res }: Exchange,
  arrived: { session: NewSession; cache: TokenCache },
): Promise<void> => {
  const { tenantId, objectId } = arrived.session;
  const sessionId = await options.sessions.begin(req, res, arrived.session);
  if (await options.tokens.write({ sessionId, tenantId, objectId }, writeTokenContent(arrived.cache), 0)) return;
  await options.sessions.end(req, res);
  const publicMessage = 'Quarry could not keep your sign-in. Try again shortly.';
  throw new AppError({ kind: 'unavailable', code: 'tokens-not-kept', publicMessage });
};

/** Redeems, validates, admits the tenant, and only then starts a session and keeps its tokens. */
export const arriveAnew = async (options: ArrivalOptions, exchange: Exchange, arriving: Arriving): Promise<void> => {
  const redeemed = await redeem(options, arriving);
  const { name } = await admit(options, redeemed, arriving.pending.purpose === 'connect');
  const roleFacts = await options.roles.arrived(redeemed.identity);
  const session = sessionOf(redeemed, { tenantName: name, roleFacts, signedInAt: options.clock() });
  await start(options, exchange, { session, cache: redeemed.cache });
  options.record({ action: 'sign-in', tenantId: session.tenantId, objectId: session.objectId });
};

/** Adds another tenant's rights to the session that asked for them; its person must be the one who signed in there. */
export const arriveInReach = async (options: ArrivalOptions, { req }: Exchange, arriving: Arriving): Promise<void> => {
  const user = currentUser(req);
  if (!user || user.sessionId !== arriving.pending.sessionId) throw signInAgain();
  const tenantId = await options.cache.change(user, async (cache) => {
    const redeemed = await redeem(options, arriving, cache);
    await admit(options, redeemed, false);
    await options.roles.learned(user, redeemed.identity);
    return { cache: redeemed.cache, result: redeemed.identity.tenantId as TenantId };
  });
  await options.tenants.succeeded(tenantId, user);
  options.record({ action: 'sign-in', tenantId, objectId: user.objectId, code: 'reach' });
};
