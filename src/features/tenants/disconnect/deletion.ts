import type { TenantId } from '../../../http/current-user';
import type { Counts, Disconnection, DisconnectionStore } from './disconnection-store';

/** One kind of data that is kept of organizations: every room that keeps some brings one. */
export interface TenantData {
  /** What there is now; every number 0: nothing. */
  count(tenantId: TenantId): Promise<Counts>;
  /** What has to be done before anybody is told that it is disconnected; short. */
  atOnce?(tenantId: TenantId): Promise<unknown>;
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

export interface DeletionOptions {
  readonly store: Pick<DisconnectionStore, 'finish' | 'toSweep'>;
  /** In the order in which they are deleted: what lets people in goes first. */
  readonly data: readonly TenantData[];
  readonly record: RecordDisconnect;
  readonly clock: () => number;
}

/** Something slow may write a last time after its run was cancelled; it is swept up within this time. */
const sweepMs = 10 * 60_000;

const isEmpty = (counts: Counts): boolean => Object.values(counts).every((count) => count === 0);

/** Deletes what was kept of disconnected organizations: each once at a time in this process, however many ask for it. */
export const createDeletion = ({ store, data, record, clock }: DeletionOptions) => {
  const underWay = new Map<string, Promise<void>>();

  const count = async (tenantId: TenantId): Promise<Counts> =>
    Object.assign({}, ...(await Promise.all(data.map((one) => one.count(tenantId)))));

  const removeAll = async ({ tenantId, requestedBy, counts }: Disconnection): Promise<void> => {
    for (const one of data) await one.remove(tenantId);
    const left = await count(tenantId);
    if (!isEmpty(left)) throw new Error('something of a disconnected organization is still kept');
    if (await store.finish(tenantId))
      record({ action: 'data-deleted', tenantId, ...(requestedBy ? { objectId: requestedBy } : {}), ...counts });
  };

  const remove = (disconnection: Disconnection): Promise<void> => {
    const { tenantId } = disconnection;
    const running = underWay.get(tenantId) ?? removeAll(disconnection).finally(() => underWay.delete(tenantId));
    underWay.set(tenantId, running);
    return running;
  };

  return Object.freeze({
    count,
    atOnce: async (tenantId: TenantId): Promise<void> => {
      for (const one of data) await one.atOnce?.(tenantId);
    },
    /** Rejects where something stays: it is to be tried again. */
    remove,
    /** Takes up what a stopped process left, or something slow wrote afterwards. One that fails holds up no other. */
    sweep: async (report: (error: unknown) => void): Promise<void> => {
      for (const disconnection of await store.toSweep(clock() - sweepMs)) {
        const due = disconnection.finishedAt === null || !isEmpty(await count(disconnection.tenantId));
        if (due) await remove(disconnection).catch(report);
      }
    },
    underWay: (): readonly Promise<void>[] => [...underWay.values()],
  });
};
