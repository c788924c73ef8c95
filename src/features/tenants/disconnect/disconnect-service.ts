import { AppError } from '../../../errors';
import type { TenantId } from '../../../http/current-user';
import { settledWithin } from '../settled-within';
import type { ConnectedTenant } from '../store';
import { createDeletion, type DeletionOptions } from './deletion';
import type { Counts, Disconnection, DisconnectionStore } from './disconnection-store';

export interface DisconnectOptions extends Omit<DeletionOptions, 'store' | 'clock'> {
  readonly store: DisconnectionStore;
  readonly find: (tenantId: TenantId) => Promise<ConnectedTenant | undefined>;
  readonly report: (event: string, error: unknown) => void;
  readonly clock?: () => number;
}

/** A disconnection that has begun: nobody is let in any more, and what was kept is being deleted. */
export interface Begun {
  readonly name: string;
  readonly counts: Counts;
  /** By which `told` finds it. */
  readonly receipt: string;
  /** Resolves when nothing is left; rejects when that has to be tried again. */
  readonly done: Promise<void>;
}

/** How far it has come. */
export interface Told {
  readonly disconnection: Disconnection;
  /** What is still there; null: it is finished. */
  readonly left: Counts | null;
}

const everyMs = 60_000;
/** A stop waits so long for what is under way; the next start goes on with it. */
const stopMs = 3_000;

const changed = (): AppError =>
  new AppError({
    kind: 'conflict',
    code: 'connection-changed',
    publicMessage: 'This organization was disconnected, or connected anew, since you opened that page. Nothing was done now.',
    action: { label: 'To the organizations', href: '/tenants' },
  });

interface Wish {
  /** Object id of the administrator; null: the operator. */
  readonly by: string | null;
  readonly connectedAt: number;
}

/** Disconnecting an organization here: its connection ends at once, then everything that was kept of it is deleted. */
export const createDisconnectService = (options: DisconnectOptions) => {
  const { store, data, record, report, clock = Date.now } = options;
  const deletion = createDeletion({ store, data, record, clock });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const notFinished = (error: unknown): void => {
    if (!stopped) report('disconnecting-not-finished', error);
  };

  const sweep = (): Promise<void> => deletion.sweep(notFinished).catch(notFinished);

  const begin = async (tenantId: TenantId, { by, connectedAt }: Wish): Promise<Begun> => {
    const tenant = await options.find(tenantId);
    if (!tenant || tenant.connectedAt !== connectedAt) throw changed();
    const counts = await deletion.count(tenantId);
    const disconnection = await store.begin({ tenantId, name: tenant.name, by, counts, connectedAt });
    if (!disconnection) throw changed();
    record({ action: 'tenant-disconnected', tenantId, ...(by ? { objectId: by } : { code: 'operator' }) });
    await deletion.atOnce(tenantId).catch(notFinished);
    const done = deletion.remove(disconnection);
    // Whoever began it need not wait for it.
    done.catch(notFinished);
    return { name: tenant.name, counts, receipt: disconnection.receipt ?? '', done };
  };

  return Object.freeze({
    count: deletion.count,
    /**
     * Ends the connection made at `connectedAt` at once, and goes on to delete what was kept. Rejects with AppError `conflict` /
     * `connection-changed` where that connection is no more. Cut short, it is finished at the next start, or by another instance.
     */
    begin,
    /** undefined: no disconnection has that receipt. */
    told: async (receipt: string): Promise<Told | undefined> => {
      const disconnection = await store.byReceipt(receipt);
      return (
        disconnection && { disconnection, left: disconnection.finishedAt === null ? await deletion.count(disconnection.tenantId) : null }
      );
    },
    /** Finishes what a stopped process left, now and from time to time. Never rejects. */
    start: async (): Promise<void> => {
      await sweep();
      timer = setInterval(() => void sweep(), everyMs).unref();
    },
    stop: async (): Promise<void> => {
      stopped = true;
      clearInterval(timer);
      await settledWithin(stopMs, deletion.underWay());
    },
  });
};

export type DisconnectService = ReturnType<typeof createDisconnectService>;
