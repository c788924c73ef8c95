import type { Clock } from '../clock';
import type { KeptFolder } from './kept-folder';
import type { HuntRecords } from '../records/hunt-records';
import type { RunStore } from '../runs/run-store';

/** How long and how much is kept. The run itself, its query and its ledger stay; only its rows go. */
export interface RetentionPolicy {
  readonly days: number;
  readonly bytesPerUser: number;
  readonly bytesPerTenant: number;
}

export const defaultRetention: RetentionPolicy = { days: 30, bytesPerUser: 10 * 1024 ** 3, bytesPerTenant: 50 * 1024 ** 3 };

interface KeptRun {
  readonly id: string;
  readonly owner_tenant_id: string;
  readonly owner_object_id: string;
  readonly kept_bytes: number;
  readonly created_at: number;
}

/** The runs whose rows have to go, oldest first: those beyond the age, then whatever an owner or a tenant has too much of. */
export const runsToPrune = (kept: readonly KeptRun[], policy: RetentionPolicy, now: number): readonly string[] => {
  const oldest = now - policy.days * 86_400_000;
  const byUser = new Map<string, number>();
  const byTenant = new Map<string, number>();
  const grown = (sums: Map<string, number>, key: string, bytes: number): number => {
    const sum = (sums.get(key) ?? 0) + bytes;
    sums.set(key, sum);
    return sum;
  };
  const newestFirst = kept.toSorted((left, right) => right.created_at - left.created_at);
  return newestFirst
    .filter((run) => {
      const user = grown(byUser, `${run.owner_tenant_id} ${run.owner_object_id}`, run.kept_bytes);
      const tenant = grown(byTenant, run.owner_tenant_id, run.kept_bytes);
      return run.created_at < oldest || user > policy.bytesPerUser || tenant > policy.bytesPerTenant;
    })
    .map((run) => run.id)
    .toReversed();
};

/** Removes the rows of runs beyond the policy. Resolves with how many runs lost theirs. */
export const createRetention =
  ({
    store,
    kept,
    clock,
    policy,
    records,
  }: {
    readonly store: RunStore;
    readonly kept: KeptFolder;
    readonly clock: Clock;
    readonly policy: RetentionPolicy;
    readonly records: Pick<HuntRecords, 'pruned'>;
  }) =>
  async (): Promise<number> => {
    const ids = runsToPrune(await store.all.kept(), policy, clock.now());
    for (const id of ids) {
      // First the word, then the deed: no page promises rows that are gone.
      await store.all.markPruned(id, clock.now());
      await kept.remove(id);
      const found = await store.work.read(id);
      if (found) await records.pruned(found);
    }
    return ids.length;
  };
