import { AppError } from '../../errors';
import type { SignedInUser, TenantId } from '../../http/current-user';
import type { IdentityError } from '../../identity/identity-error';
import type { RecordEvent } from './ports';
import type { SessionCache } from './session-cache';
import { withoutTenant } from './token-content';
import type { WithdrawalStore } from './withdrawal-store';

export interface WithdrawalOptions {
  readonly store: WithdrawalStore;
  /** Whether the organization was disconnected here. */
  readonly isDisconnected: (tenantId: TenantId) => Promise<boolean>;
  readonly cache: SessionCache;
  readonly record: RecordEvent;
  readonly reportFailure: (event: string, error: unknown) => void;
}

/** No consent any more; no such application in the organization; the application is disabled there. */
const numbers = new Set([65001, 700016, 7000112]);

/** Whether a refused token says that an organization which had agreed does so no more, and not something of the person alone. */
const saysWithdrawn = ({ aadsts }: Pick<IdentityError, 'aadsts'>): boolean => aadsts !== undefined && numbers.has(aadsts);

const connectAgain = (tenantId: TenantId) => ({
  label: 'Connect it again',
  href: `/connect?${new URLSearchParams({ organization: tenantId }).toString()}`,
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

const disconnected = (tenantId: TenantId): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'not-connected',
    publicMessage:
      'This organization was disconnected from Quarry, so nothing can be asked there. One of its administrators can connect it again.',
    action: connectAgain(tenantId),
  });

/**
 * Organizations that withdrew their consent upstream. What the identity service says once is kept: nobody's session goes on
 * with tokens of such an organization, and nobody asks again in vain until it is connected anew.
 */
export const createWithdrawals = ({ store, isDisconnected, cache, record, reportFailure }: WithdrawalOptions) => {
  const forgetVisit = async (tenantId: TenantId): Promise<void> => {
    for (const owner of await store.visitors(tenantId)) {
      try {
        await cache.change(owner, async (held) => ({ cache: withoutTenant(held, tenantId), result: undefined }));
        await store.forgetVisitor(owner.sessionId, tenantId);
      } catch (error) {
        // A session that ended meanwhile has no tokens to drop.
        if (!(error instanceof AppError && error.kind === 'unauthenticated')) reportFailure('tokens-not-dropped', error);
      }
    }
  };

  const drop = async (tenantId: TenantId): Promise<void> => {
    await store.dropOwnTokens(tenantId);
    await forgetVisit(tenantId);
  };

  return Object.freeze({
    /** Rejects with AppError `forbidden` for an organization that is marked (`reconnect-needed`), or was disconnected here (`not-connected`). */
    assertStands: async (tenantId: TenantId): Promise<void> => {
      if (await isDisconnected(tenantId)) throw disconnected(tenantId);
      if (await store.find(tenantId)) throw reconnectNeeded(tenantId);
    },
    /**
     * A refused token, judged: where it says that the organization withdrew, the organization is marked, once, its tokens are
     * dropped from every session, and the answer is true.
     */
    foundBy: async (user: Pick<SignedInUser, 'tenantId' | 'objectId'>, tenantId: TenantId, error: IdentityError): Promise<boolean> => {
      if (!saysWithdrawn(error) || !(await store.hasReached(user, tenantId))) return false;
      if (!(await store.mark(tenantId, error.code))) return (await store.find(tenantId)) !== undefined;
      await drop(tenantId);
      record({ action: 'consent-withdrawn', tenantId, objectId: user.objectId, code: error.code });
      return true;
    },
    /** A sign-in has just brought what hunting needs: the consent stands. */
    healed: (tenantId: TenantId): Promise<void> => store.clear(tenantId),
    /** Drops the organization's tokens from other people's sessions; its own people's sessions end elsewhere. */
    forgetVisit,
  });
};

export type Withdrawals = ReturnType<typeof createWithdrawals>;
