import { AppError } from '../../errors';
import type { TenantId } from '../../http/current-user';
import type { AccessToken, IdentityClient, TokenCache } from '../../identity/identity-client';
import { IdentityError } from '../../identity/identity-error';
import { huntingScopes, type Resource } from '../../identity/resources.data';
import { tokenProblem } from './identity-problem';
import type { RecordEvent, TenantHealth, TokenOwner } from './ports';
import type { RoleKeeper } from './role-keeper';
import type { Change, SessionCache } from './session-cache';
import type { AskAnother } from './whose-consent';
import { consentMissing, reconnectNeeded, type Withdrawals } from './withdrawals';

export interface TokenRequest {
  /** Whose session is asked. */
  readonly user: TokenOwner;
  /** The person's own tenant, or one where they are a guest. */
  readonly tenantId: TenantId;
  readonly resource: Resource;
  /** Set where a token must carry another permission than hunting's. */
  readonly scope?: string;
  /** The claims of a challenge (JSON text), as the API sent them. */
  readonly claims?: string;
  /** After a 401: the token in hand is not to be used again. */
  readonly forceRefresh?: boolean;
}

export interface AccessTokensOptions {
  readonly identity: Pick<IdentityClient, 'cachedToken' | 'renewToken'>;
  readonly cache: SessionCache;
  readonly health: TenantHealth;
  readonly roles: Pick<RoleKeeper, 'learned'>;
  readonly withdrawals: Pick<Withdrawals, 'assertStands' | 'foundBy' | 'healed'>;
  readonly record: RecordEvent;
  /** Whether this installation serves that tenant at all. */
  readonly serves: (tenantId: TenantId) => boolean;
  /** Ends a session whose token turned out to be somebody else's. */
  readonly endSession: (sessionId: string) => Promise<unknown>;
}

const silentRequest = (request: TokenRequest, cache: TokenCache) => ({
  tenantId: request.tenantId,
  scopes: [request.scope ?? huntingScopes[request.resource]],
  cache,
  claims: request.claims,
  ...(request.tenantId === request.user.tenantId ? { objectId: request.user.objectId } : {}),
});

/** `fresh`: the identity service has just given it, so what its answer grants holds now. */
type Held = AccessToken & { readonly fresh?: true };

/** Renews, unless somebody else has renewed since `before` was seen. */
const renew =
  ({ identity, roles }: Pick<AccessTokensOptions, 'identity' | 'roles'>, request: TokenRequest, before: string | undefined) =>
  async (cache: TokenCache): Promise<Change<Held>> => {
    const asked = silentRequest(request, cache);
    const meanwhile = await identity.cachedToken(asked);
    if (meanwhile && meanwhile.token !== before) return { result: meanwhile };
    const renewed = await identity.renewToken(asked);
    if (renewed.identity) await roles.learned(request.user, renewed.identity);
    return { cache: renewed.cache, result: { ...renewed.accessToken, fresh: true } };
  };

const notServed = (): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'tenant-not-served',
    publicMessage: 'That organization is not among those that this Quarry serves.',
  });

const isForeign = ({ code }: IdentityError): boolean => code.startsWith('token-of-other-') || code === 'id-token-tenant-other';

interface Refusal {
  readonly request: TokenRequest;
  readonly error: unknown;
  readonly ask: AskAnother;
}

const explain = async (options: AccessTokensOptions, { request, error, ask }: Refusal): Promise<never> => {
  if (!(error instanceof IdentityError)) throw error;
  const { tenantId, user } = request;
  if (isForeign(error)) {
    options.record({ action: 'session-ended', tenantId: user.tenantId, objectId: user.objectId, code: error.code });
    await options.endSession(user.sessionId);
  }
  // A further permission may never have been asked for: its refusal says nothing of what was agreed to.
  const concerned = request.scope === undefined ? await options.withdrawals.foundBy(user, tenantId, { error, ask }) : undefined;
  if (concerned === 'person') throw consentMissing(tenantId, error);
  await options.health.refused(tenantId, request, error);
  if (concerned === 'organization') {
    await options.health.failed(tenantId, error.code, error.correlationId);
    throw reconnectNeeded(tenantId, error);
  }
  throw tokenProblem(error, request.claims);
};

/**
 * Delegated access tokens: from the session's own cache, renewed silently at the tenant's own authority, once however
 * many requests and instances ask at the same time. Rejects with AppError `unauthenticated` / `sign-in-again` when only
 * the person can help (`detail.claims` travels through the browser), `forbidden`, `upstream`, `unavailable` or `timeout`.
 */
export const createAccessTokens = (options: AccessTokensOptions) => {
  const { identity, cache } = options;
  const underWay = new Map<string, Promise<Held>>();

  const renewOnce = (request: TokenRequest, before: string | undefined): Promise<Held> => {
    const { user, tenantId, resource, scope = '', claims = '' } = request;
    const key = [user.sessionId, tenantId, resource, scope, claims].join(' ');
    const running = underWay.get(key) ?? cache.change(user, renew(options, request, before)).finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  };

  const acquire = async (request: TokenRequest): Promise<Held> => {
    const held = await identity.cachedToken(silentRequest(request, await cache.read(request.user)));
    const usable = held && request.claims === undefined && !request.forceRefresh;
    if (!usable) return renewOnce(request, held?.token);
    // Asked for in advance by the service: nobody waits for it, and a failure is met when the token really ends.
    if (held.renewSoon) renewOnce(request, held.token).catch(() => undefined);
    return held;
  };

  const askAnother =
    ({ tenantId, resource }: TokenRequest): AskAnother =>
    (user) =>
      acquire({ user, tenantId, resource, forceRefresh: true });

  return Object.freeze({
    /** Until when the token in hand serves; undefined where none is. Asks nobody. */
    heldUntil: async (request: TokenRequest): Promise<Date | undefined> => {
      try {
        return (await identity.cachedToken(silentRequest(request, await cache.read(request.user))))?.expiresAt;
      } catch (error) {
        // Its tokens were dropped, as after a withdrawn consent: the session itself may go on.
        if (error instanceof AppError && error.kind === 'unauthenticated') return undefined;
        throw error;
      }
    },

    acquire: async (request: TokenRequest): Promise<{ token: string; expiresAt: Date }> => {
      if (!options.serves(request.tenantId)) throw notServed();
      await options.withdrawals.assertStands(request.user, request.tenantId);
      try {
        const { token, expiresAt, scopes, fresh } = await acquire(request);
        if (fresh) {
          await options.health.granted(request.tenantId, request.resource, scopes);
          if (request.scope === undefined) await options.withdrawals.healed(request.tenantId);
        }
        await options.health.succeeded(request.tenantId, request.user);
        return { token, expiresAt };
      } catch (error) {
        return explain(options, { request, error, ask: askAnother(request) });
      }
    },
  });
};

export type AccessTokens = ReturnType<typeof createAccessTokens>;
