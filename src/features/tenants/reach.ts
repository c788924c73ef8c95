import { AppError } from '../../errors';
import type { SignedInUser, TenantId } from '../../http/current-user';
import { settledWithin } from './settled-within';
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

/** A person with nothing left to try is not looked up again for this long, unless an organization was connected meanwhile. */
const restMs = 30_000;

/** No means no for a day; a service in trouble says nothing about the person. */
const saysNo = (error: unknown): boolean => error instanceof AppError && (error.kind === 'forbidden' || error.kind === 'unauthenticated');

/**
 * Finds out in which connected organizations a person is a guest, by asking for a token there: nobody has to know a tenant's
 * id, and nobody is shown an organization that does not know them.
 */
export const createReach = ({ store, acquire, clock = Date.now }: ReachOptions) => {
  const underWay = new Map<string, Promise<void>>();
  const rests = new Map<string, { until: number; connections: number }>();

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

  const resting = (key: string): boolean => {
    const rest = rests.get(key);
    return rest !== undefined && rest.until > clock() && rest.connections === store.connections();
  };

  const rest = (key: string, connections: number): void => {
    if (rests.size > 10_000) rests.clear();
    rests.set(key, { until: clock() + restMs, connections });
  };

  const exploreOnce = async (user: SignedInUser, key: string): Promise<void> => {
    const connections = store.connections();
    try {
      await tryAll(user);
      rest(key, connections);
    } catch {
      // A database that is away is told by whoever needs an answer from it.
    } finally {
      underWay.delete(key);
    }
  };

  return Object.freeze({
    /** Tries what has not been tried today; resolves when done or when a page should wait no longer. Never rejects. */
    explore: async (user: SignedInUser): Promise<void> => {
      const key = `${user.tenantId} ${user.objectId}`;
      if (resting(key)) return;
      const running = underWay.get(key) ?? exploreOnce(user, key);
      underWay.set(key, running);
      await settledWithin(patienceMs, [running]);
    },
  });
};
