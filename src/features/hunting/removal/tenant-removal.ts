import { join } from 'node:path';
import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';
import type { Clock } from '../clock';
import type { KeptFolder } from '../kept/kept-folder';
import { isFinished } from '../runs/run';
import type { RunExecutor } from '../runs/run-executor';
import type { RunStore } from '../runs/run-store';
import { keepSlicesOnly, removeOrphans } from './folders';
import { createTenantRows, type TenantRows } from './tenant-rows';

export interface TenantRemovalOptions {
  readonly db: Database;
  readonly store: RunStore;
  readonly kept: Pick<KeptFolder, 'root' | 'remove'>;
  /** Of this process; others hear of a cancelled run within seconds. */
  readonly executor: Pick<RunExecutor, 'cancel' | 'settled'>;
  readonly clock: Clock;
}

/** Another process that does not end its work within this time is taken for dead; what it writes then is refused. */
const patienceMs = 20_000;
const lookEveryMs = 200;

/** What an organization leaves behind in hunting, and how it is deleted when it is disconnected. Every step may be done twice. */
export const createTenantRemoval = ({ db, store, kept, executor, clock }: TenantRemovalOptions) => {
  const over = async (id: string): Promise<void> => {
    executor.cancel(id);
    await executor.settled(id);
    for (const end = clock.now() + patienceMs; clock.now() < end; await new Promise((resolve) => setTimeout(resolve, lookEveryMs))) {
      const found = await store.work.read(id);
      if (!found || isFinished(found.run.state)) return;
    }
  };

  const cancelAll = async (rows: TenantRows): Promise<void> => {
    const ids = await rows.underWay();
    for (const id of ids) await store.work.requestCancel(id, clock.now());
    await Promise.all(ids.map(over));
  };

  /** First the word, then the deed: no page promises rows that are gone. The run itself goes last, so that nothing is forgotten. */
  const removeRun = async (rows: TenantRows, id: string): Promise<void> => {
    await store.all.markPruned(id, clock.now());
    await kept.remove(id);
    await rows.deleteRun(id);
  };

  const removeParts = async (rows: TenantRows): Promise<void> => {
    for (const id of await rows.sharedIds()) await rows.emptyParts(id, clock.now());
    for (const { id, others } of await rows.emptied()) await keepSlicesOnly(join(kept.root, id), others);
  };

  return Object.freeze({
    count: async (tenantId: TenantId): Promise<Readonly<Record<string, number>>> => {
      const rows = createTenantRows(db, tenantId);
      const [runs, derived, shared, rowCount, budgets] = await Promise.all([
        rows.ownIds(),
        rows.derivedIds(),
        rows.sharedIds(),
        rows.rowCount(),
        rows.budgets(),
      ]);
      return { runs: runs.length, refinedRuns: derived.length, partsOfRuns: shared.length, rows: rowCount, budgets };
    },
    remove: async (tenantId: TenantId): Promise<void> => {
      const rows = createTenantRows(db, tenantId);
      await cancelAll(rows);
      for (const id of await rows.derivedIds()) await removeRun(rows, id);
      await removeParts(rows);
      for (const id of await rows.ownIds()) await removeRun(rows, id);
      await rows.deleteBudgets();
      await removeOrphans(kept.root, db);
    },
  });
};

export type TenantRemoval = ReturnType<typeof createTenantRemoval>;
