import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors';
import type { SignedInUser, TenantId } from '../../http/current-user';
import type { AccessToken, IdentityClient, TokenCache } from '../../identity/identity-client';
import { IdentityError } from '../../identity/identity-error';
import { huntingScopes, type Resource } from '../../identity/resources.data';
import { tokenProblem } from './identity-problem';
import type { Leases, RecordEvent, TenantHealth, TokenRecords } from './ports';
import { readTokenContent, writeTokenContent } from './token-content';

export interface TokenRequest {
  readonly user: SignedInUser;
  /** The person's own tenant, or one where they are a guest. */
  readonly tenantId: TenantId;
  readonly resource: Resource;
  /** The claims of a challenge (JSON text), as the API sent them. */
  readonly claims?: string;
  /** After a 401: the token in hand is not to be used again. */
  readonly forceRefresh?: boolean;
}

export interface AccessTokensOptions {
  readonly identity: IdentityClient;
  readonly tokens: TokenRecords;
  readonly leases: Leases;
  readonly health: TenantHealth;
  readonly record: RecordEvent;
  /** Ends a session whose token turned out to be somebody else's. */
  readonly endSession: (sessionId: string) => Promise<unknown>;
}

interface Held {
  readonly version: number;
  readonly cache: TokenCache;
}

/** Longer than one call to the token endpoint may take, so that a lease never ends under a renewal. */
const leaseMs = 20_000;
const patienceMs = 15_000;

const signInAgain = (): AppError =>
  new AppError({
    kind: 'unauthenticated',
    code: 'sign-in-again',
    publicMessage: 'Your sign-in has ended. Sign in again.',
    action: { label: 'Sign in', href: '/auth/signin' },
  });

const load = async ({ tokens }: AccessTokensOptions, user: SignedInUser): Promise<Held> => {
  const record = await tokens.read(user);
  const cache = record && readTokenContent(record.content);
  if (!cache) throw signInAgain();
  return { version: record.version, cache };
};

const silentRequest = (request: TokenRequest, cache: TokenCache) => ({
  tenantId: request.tenantId,
  scopes: [huntingScopes[request.resource]],
  cache,
  claims: request.claims,
  ...(request.tenantId === request.user.tenantId ? { objectId: request.user.objectId } : {}),
});

/** One renewal a session at a time, on all instances: a refresh token that rotates must not be spent twice. */
const underLease = async <T>({ leases }: AccessTokensOptions, sessionId: string, work: () => Promise<T>): Promise<T> => {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(25 + Math.random() * 75)) {
    const lease = await leases.tryAcquire(`tokens:${sessionId}`, leaseMs);
    if (!lease) continue;
    try {
      return await work();
    } finally {
      await lease.release();
    }
  }
  throw new AppError({
    kind: 'timeout',
    code: 'token-renewal-busy',
    publicMessage: 'Renewing your sign-in took too long. Try again in a moment.',
  });
};

/** A renewed token may only be used while its session lives: after a sign-out it is dropped, not handed out. */
const keep = async (options: AccessTokensOptions, request: TokenRequest, next: { cache: TokenCache; version: number }): Promise<void> => {
  if (await options.tokens.write(request.user, writeTokenContent(next.cache), next.version)) return;
  await load(options, request.user);
};

const renew = async (options: AccessTokensOptions, request: TokenRequest, before: string | undefined): Promise<AccessToken> => {
  const { version, cache } = await load(options, request.user);
  const asked = silentRequest(request, cache);
  const meanwhile = await options.identity.cachedToken(asked);
  if (meanwhile && meanwhile.token !== before) return meanwhile;
  const renewed = await options.identity.renewToken(asked);
  await keep(options, request, { cache: renewed.cache, version });
  return renewed.accessToken;
};

const isForeign = ({ code }: IdentityError): boolean => code.startsWith('token-of-other-') || code === 'id-token-tenant-other';

const explain = async (options: AccessTokensOptions, request: TokenRequest, error: unknown): Promise<never> => {
  if (!(error instanceof IdentityError)) throw error;
  const { tenantId, user } = request;
  if (isForeign(error)) {
    options.record({ action: 'session-ended', tenantId: user.tenantId, objectId: user.objectId, code: error.code });
    await options.endSession(user.sessionId);
  }
  if (error.failure === 'consent' || error.failure === 'blocked') await options.health.failed(tenantId, error.code);
  throw tokenProblem(error, request.claims);
};

/**
 * Delegated access tokens: from the session's own cache, renewed silently at the tenant's own authority, once however
 * many requests and instances ask at the same time. Rejects with AppError `unauthenticated` / `sign-in-again` when only
 * the person can help (`detail.claims` travels through the browser), `forbidden`, `upstream`, `unavailable` or `timeout`.
 */
export const createAccessTokens = (options: AccessTokensOptions) => {
  const underWay = new Map<string, Promise<AccessToken>>();

  const renewOnce = (request: TokenRequest, before: string | undefined): Promise<AccessToken> => {
    const { user, tenantId, resource, claims = '' } = request;
    const key = [user.sessionId, tenantId, resource, claims].join(' ');
    const running =
      underWay.get(key) ?? underLease(options, user.sessionId, () => renew(options, request, before)).finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  };

  const acquire = async (request: TokenRequest): Promise<AccessToken> => {
    const { cache } = await load(options, request.user);
    const held = await options.identity.cachedToken(silentRequest(request, cache));
    const usable = held && request.claims === undefined && !request.forceRefresh;
    if (!usable) return renewOnce(request, held?.token);
    // Asked for in advance by the service: nobody waits for it, and a failure is met when the token really ends.
    if (held.renewSoon) renewOnce(request, held.token).catch(() => undefined);
    return held;
  };

  return Object.freeze({
    acquire: async (request: TokenRequest): Promise<{ token: string; expiresAt: Date }> => {
      try {
        const { token, expiresAt } = await acquire(request);
        await options.health.succeeded(request.tenantId, request.user);
        return { token, expiresAt };
      } catch (error) {
        return explain(options, request, error);
      }
    },
  });
};

export type AccessTokens = ReturnType<typeof createAccessTokens>;
