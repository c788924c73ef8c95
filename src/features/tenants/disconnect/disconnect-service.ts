import { AppError } from '../../../errors';
import type { TenantId } from '../../../http/current-user';
import type { ConnectedTenant } from '../store';
import type { Counts, Disconnection, DisconnectionStore } from './disconnection-store';

/** One kind of data that is kept of organizations: every room that keeps some brings one. */
export interface TenantData {
  /** What there is now; every number 0: nothing. */
  count(tenantId: TenantId): Promise<Counts>;
  /** Deletes it all; may be called again after it was cut short at any point. */
  remove(tenantId: TenantId): Promise<void>;
}

export type RecordDisconnect = (event: {
  readonly action: 'tenant-disconnected' | 'data-deleted';
  readonly tenantId: string;
  readonly objectId?: string;
  readonly code?: string;
  readonly [count: string]: string | number | undefined;
}) => void;

export interface DisconnectOptions {
  readonly store: DisconnectionStore;
  readonly find: (tenantId: TenantId) => Promise<ConnectedTenant | undefined>;
  /** In the order in which they are deleted: what lets people in goes first. */
  readonly data: readonly TenantData[];
  readonly record: RecordDisconnect;
  readonly report: (event: string, error: unknown) => void;
  readonly clock?: () => number;
}

export interface Deleted {
  readonly name: string;
  readonly counts: Counts;
}

/** Something slow may write a last time after its run was cancelled; it is swept up within this time. */
const sweepMs = 10 * 60_000;
const everyMs = 60_000;

const changed = (): AppError =>
  new AppError({
    kind: 'conflict',
    code: 'connection-changed',
    publicMessage: 'This organization was disconnected, or connected anew, since you opened that page. Nothing was done now.',
    action: { label: 'To the organizations', href: '/tenants' },
  });

const isEmpty = (counts: Counts): boolean => Object.values(counts).every((count) => count === 0);

/** Disconnecting an organization here: its connection ends at once, then everything that was kept of it is deleted. */
export const createDisconnectService = (options: DisconnectOptions) => {
  const { store, data, record, report, clock = Date.now } = options;
  const underWay = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  const count = async (tenantId: TenantId): Promise<Counts> =>
    Object.assign({}, ...(await Promise.all(data.map((one) => one.count(tenantId)))));

  const removeAll = async ({ tenantId, requestedBy, counts }: Disconnection): Promise<void> => {
    for (const one of data) await one.remove(tenantId);
    const left = await count(tenantId);
    if (!isEmpty(left)) throw new Error('something of a disconnected organization is still kept');
    if (await store.finish(tenantId))
      record({ action: 'data-deleted', tenantId, ...(requestedBy ? { objectId: requestedBy } : {}), ...counts });
  };

  const removeOnce = (disconnection: Disconnection): Promise<void> => {
    const { tenantId } = disconnection;
    const running = underWay.get(tenantId) ?? removeAll(disconnection).finally(() => underWay.delete(tenantId));
    underWay.set(tenantId, running);
    return running;
  };

  const sweep = async (): Promise<void> => {
    for (const disconnection of await store.toSweep(clock() - sweepMs)) {
      const due = disconnection.finishedAt === null || !isEmpty(await count(disconnection.tenantId));
      if (due) await removeOnce(disconnection);
    }
  };

  const sweepQuietly = (): Promise<void> => sweep().catch((error: unknown) => report('disconnecting-not-finished', error));

  return Object.freeze({
    count,
    /**
     * Ends the connection made at `connectedAt` and deletes what was kept; resolves when nothing is left. Rejects with AppError
     * `conflict` / `connection-changed` where that connection is no more. Cut short, it is finished at the next start.
     */
    disconnect: async (tenantId: TenantId, { by, connectedAt }: { by: string | null; connectedAt: number }): Promise<Deleted> => {
      const tenant = await options.find(tenantId);
      if (!tenant || tenant.connectedAt !== connectedAt) throw changed();
      const counts = await count(tenantId);
      if (!(await store.begin({ tenantId, name: tenant.name, by, counts, connectedAt }))) throw changed();
      record({ action: 'tenant-disconnected', tenantId, ...(by ? { objectId: by } : { code: 'operator' }) });
      const disconnection = await store.find(tenantId);
      if (disconnection) await removeOnce(disconnection);
      return { name: tenant.name, counts };
    },
    /** Finishes what a stopped process left, now and from time to time. Never rejects. */
    start: async (): Promise<void> => {
      await sweepQuietly();
      timer = setInterval(() => void sweepQuietly(), everyMs).unref();
    },
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await Promise.allSettled(underWay.values());
    },
  });
};

export type DisconnectService = ReturnType<typeof createDisconnectService>;
