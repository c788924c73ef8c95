import { AppError } from '../../errors';
import type { TenantId } from '../../http/current-user';
import type { IdentityError } from '../../identity/identity-error';
import { connectHref } from './connect-href';
import type { RecordEvent, TokenOwner } from './ports';
import type { SessionCache } from './session-cache';
import { withoutTenant } from './token-content';
import { consentCode, createWhoseConsent, type AskAnother, type Concerned } from './whose-consent';
import type { WithdrawalStore } from './withdrawal-store';

export interface WithdrawalOptions {
  readonly store: WithdrawalStore;
  /** Whether the organization was disconnected here. */
  readonly isDisconnected: (tenantId: TenantId) => Promise<boolean>;
  readonly cache: SessionCache;
  readonly record: RecordEvent;
  readonly reportFailure: (event: string, error: unknown) => void;
  readonly clock?: () => number;
}

interface FoundBy {
  readonly error: IdentityError;
  readonly ask: AskAnother;
}

const connectAgain = (tenantId: TenantId) => ({
  label: 'Connect it again',
  href: connectHref(tenantId),
});

export const reconnectNeeded = (tenantId: TenantId, cause?: IdentityError): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'reconnect-needed',
    publicMessage:
      'This organization has withdrawn its consent to Quarry, so nothing can be asked there. One of its administrators can connect it again; your query is kept.',
    action: connectAgain(tenantId),
    cause,
    ...(cause?.correlationId === undefined ? {} : { correlationId: cause.correlationId }),
  });

/** The organization's consent stands, and does not reach this person. */
export const consentMissing = (tenantId: TenantId, cause: IdentityError): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'consent-missing',
    publicMessage:
      'The identity service says that your own consent to Quarry is missing in this organization, though others there have it. Sign in again; if that does not help, one of its administrators can agree for everybody. Your query is kept.',
    action: { ...connectAgain(tenantId), label: 'What an administrator agrees to' },
    cause,
    ...(cause.correlationId === undefined ? {} : { correlationId: cause.correlationId }),
  });

const disconnected = (tenantId: TenantId): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'not-connected',
    publicMessage:
      'This organization was disconnected from Quarry, so nothing can be asked there. One of its administrators can connect it again.',
    action: connectAgain(tenantId),
  });

const triesEveryMs = 5 * 60_000;

/**
 * The organization's own people lift a mark by signing in. A guest cannot, and the mark may rest on the word of one of them who
 * was alone then: guests may find out for themselves, now and then.
 */
const createTries = (clock: () => number) => {
  const rests = new Map<string, number>();
  return ({ sessionId, tenantId: home }: TokenOwner, tenantId: TenantId, code: string): boolean => {
    const key = `${sessionId} ${tenantId}`;
    if (home === tenantId || code !== consentCode || (rests.get(key) ?? 0) > clock()) return false;
    if (rests.size > 10_000) rests.clear();
    rests.set(key, clock() + triesEveryMs);
    return true;
  };
};

/**
 * Organizations that withdrew their consent upstream. What the identity service says once is kept: nobody's session goes on
 * with tokens of such an organization, and nobody asks again in vain until it is connected anew.
 */
export const createWithdrawals = ({ store, isDisconnected, cache, record, reportFailure, clock = Date.now }: WithdrawalOptions) => {
  const mayTry = createTries(clock);
  const whoseConsent = createWhoseConsent(store);

  const forgetVisitOf = async (owner: TokenOwner, tenantId: TenantId): Promise<void> => {
    try {
      await cache.change(owner, async (held) => ({ cache: withoutTenant(held, tenantId), result: undefined }));
      await store.forgetVisitor(owner.sessionId, tenantId);
    } catch (error) {
      // A session that ended meanwhile has no tokens to drop.
      if (!(error instanceof AppError && error.kind === 'unauthenticated')) reportFailure('tokens-not-dropped', error);
    }
  };

  const forgetVisit = async (tenantId: TenantId): Promise<void> => {
    for (const owner of await store.visitors(tenantId)) await forgetVisitOf(owner, tenantId);
  };

  const drop = async (tenantId: TenantId): Promise<void> => {
    await store.dropOwnTokens(tenantId);
    await forgetVisit(tenantId);
  };

  const dropPerson = (person: TokenOwner, tenantId: TenantId): Promise<void> =>
    person.tenantId === tenantId ? store.dropPersonsTokens(person) : forgetVisitOf(person, tenantId);

  const markWithdrawn = async (person: TokenOwner, tenantId: TenantId, code: string): Promise<boolean> => {
    if (!(await store.mark(tenantId, code))) return (await store.find(tenantId)) !== undefined;
    await drop(tenantId);
    record({ action: 'consent-withdrawn', tenantId, objectId: person.objectId, code });
    return true;
  };

  return Object.freeze({
    /** Rejects with AppError `forbidden` for an organization that is marked (`reconnect-needed`), or was disconnected here (`not-connected`). */
    assertStands: async (person: TokenOwner, tenantId: TenantId): Promise<void> => {
      if (await isDisconnected(tenantId)) throw disconnected(tenantId);
      const mark = await store.find(tenantId);
      if (mark && !mayTry(person, tenantId, mark.code)) throw reconnectNeeded(tenantId);
    },
    /**
     * A refused token, judged. Where it says that the organization withdrew, the organization is marked, once, and its tokens are
     * dropped from every session; where only this person's consent is missing, theirs alone.
     */
    foundBy: async (person: TokenOwner, tenantId: TenantId, { error, ask }: FoundBy): Promise<Concerned> => {
      const concerned = await whoseConsent({ person, tenantId, error }, ask);
      if (concerned === 'organization') return (await markWithdrawn(person, tenantId, error.code)) ? concerned : undefined;
      if (concerned === undefined) return undefined;
      await dropPerson(person, tenantId);
      record({ action: 'consent-missing', tenantId, objectId: person.objectId, code: error.code });
      return concerned;
    },
    /** A sign-in, or a renewal, has just brought what hunting needs: the consent stands. */
    healed: (tenantId: TenantId): Promise<void> => store.clear(tenantId),
    /** Drops the organization's tokens from other people's sessions; its own people's sessions end elsewhere. */
    forgetVisit,
  });
};

export type Withdrawals = ReturnType<typeof createWithdrawals>;
