import { AppError } from '../../errors';
import type { SignedInUser, TenantId } from '../../http/current-user';
import type { TenantStore } from './store';

export interface ReachOptions {
  readonly store: TenantStore;
  /** A token for the person in that tenant: the proof that they are known there and its consent stands. */
  readonly acquire: (user: SignedInUser, tenantId: TenantId) => Promise<unknown>;
  readonly clock?: () => number;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Each try is a call to the identity service, which dislikes being asked the same in vain. */
const triesAtOnce = 10;
/** A page waits this long for the first answers; later ones are on the next page. */
const patienceMs = 1_500;

/** No means no for a day; a service in trouble says nothing about the person. */
const saysNo = (error: unknown): boolean => error instanceof AppError && (error.kind === 'forbidden' || error.kind === 'unauthenticated');

/**
 * Finds out in which connected organizations a person is a guest, by asking for a token there: nobody has to know a tenant's
 * id, and nobody is shown an organization that does not know them.
 */
export const createReach = ({ store, acquire, clock = Date.now }: ReachOptions) => {
  const underWay = new Map<string, Promise<void>>();

  const tryAll = async (user: SignedInUser): Promise<void> => {
    for (const tenantId of await store.untried(user, clock() - dayMs, triesAtOnce)) {
      try {
        await acquire(user, tenantId);
        await store.recordReach(tenantId, user, true);
      } catch (error) {
        if (!saysNo(error)) return;
        await store.recordReach(tenantId, user, false);
      }
    }
  };

  return Object.freeze({
    /** Tries what has not been tried today; resolves when done or when a page should wait no longer. Never rejects. */
    explore: async (user: SignedInUser): Promise<void> => {
      const key = `${user.tenantId} ${user.objectId}`;
      const running =
        underWay.get(key) ??
        tryAll(user)
          .catch(() => undefined)
          .finally(() => underWay.delete(key));
      underWay.set(key, running);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
      await Promise.race([running, late]);
      clearTimeout(timer);
    },
  });
};

export type Reach = ReturnType<typeof createReach>;
