import { randomUUID } from 'node:crypto';
import { newSlice } from '../../../src/features/hunting/slices/new-slice';
import type { Run } from '../../../src/features/hunting/runs/run';
import { createRunStore } from '../../../src/features/hunting/runs/run-store';
import { splitSlice } from '../../../src/features/hunting/slices/time-slices';
import type { TenantId } from '../../../src/http/current-user';
import { twoInstances, type Instances } from './instances';

const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };

const aRun = (objectId: string, createdAt = 1_800_000_000_000): Run => ({
  id: randomUUID(),
  kind: 'hunt',
  parentId: null,
  owner: { tenantId: 'tenant-a' as TenantId, objectId, name: 'Ana' },
  query: 'Events | where x == "é"',
  timespan: 'P30D',
  window,
  state: 'running',
  provider: 'graph',
  analysis: { tables: ['Events'], notes: [], rowWise: { timeColumn: 'Timestamp' } },
  inherited: null,
  createdAt,
  startedAt: null,
  finishedAt: null,
  prunedAt: null,
});

const tenants = ['tenant-b', 'tenant-a'].map((tenantId) => ({ tenantId: tenantId as TenantId, name: tenantId }));

export const describeRuns = (make: () => Promise<Instances>): void =>
  describe('runs', () => {
    const { first, second } = twoInstances(make);
    const stores = () => [createRunStore(first()), createRunStore(second())] as const;
    const insert = async (run: Run): Promise<void> => {
      const slices = tenants.map((tenant) => newSlice(run, tenant));
      await stores()[0].work.insert(run, slices);
    };

    it('are read back as they were written, by their owner alone, with their tenants in the order asked', async () => {
      const run = aRun('owner-1');
      await insert(run);
      const [, other] = stores();
      const found = await other.forOwner(run.owner).find(run.id);
      expect(found?.run).toEqual(run);
      expect(found?.slices.map(({ tenantId }) => tenantId)).toEqual(['tenant-b', 'tenant-a']);
      expect(await other.forOwner({ ...run.owner, objectId: 'somebody' }).find(run.id)).toBeUndefined();
      expect(await other.forOwner({ ...run.owner, tenantId: 'tenant-b' as TenantId }).find(run.id)).toBeUndefined();
    });

    it('are listed newest first, page by page', async () => {
      for (const age of [0, 1_000, 2_000]) await insert(aRun('owner-2', 1_800_000_000_000 + age));
      const own = stores()[0].forOwner({ tenantId: 'tenant-a' as TenantId, objectId: 'owner-2' });
      const page = await own.list({ limit: 2 });
      expect(page.map(({ run }) => run.createdAt - 1_800_000_000_000)).toEqual([2_000, 1_000]);
      expect((await own.list({ limit: 2, before: page.at(-1)!.run.createdAt })).map(({ run }) => run.createdAt)).toEqual([
        1_800_000_000_000,
      ]);
    });

    it('have a slice replaced by finer ones at once, in time order and in the tenant’s place', async () => {
      const run = aRun('owner-3');
      await insert(run);
      const [store] = stores();
      const [slice] = (await store.work.read(run.id))!.slices;
      const finer = splitSlice({ ...slice!, state: 'done', cut: 'rows', rows: 100, counted: 210 });
      await store.work.replaceSlice(slice!, finer);
      const after = (await store.work.read(run.id))!.slices;
      expect(after.map(({ state, tenantId }) => `${tenantId} ${state}`)).toEqual([
        ...after.filter(({ tenantId }) => tenantId === 'tenant-b').map(({ state }) => `tenant-b ${state}`),
        'tenant-a queued',
      ]);
      const parts = after.filter(({ partial }) => partial).map((each) => each.window);
      expect(parts[0]?.from).toBe(window.from);
      expect(parts.at(-1)?.to).toBe(window.to);
      expect(parts.slice(1).map(({ from }) => from)).toEqual(parts.slice(0, -1).map(({ to }) => to));
    });

    it('keep a slice that was replaced out of the answer, whatever a process that was thought dead still writes', async () => {
      const run = aRun('owner-8');
      await insert(run);
      const [store, late] = stores();
      const [slice] = (await store.work.read(run.id))!.slices;
      const finer = splitSlice({ ...slice!, state: 'done', cut: 'rows', rows: 100, counted: 210 });
      expect(await store.work.replaceSlice(slice!, finer)).toBe(true);
      await late.work.saveSlice({ ...slice!, state: 'done', rows: 100 });
      expect(await late.work.replaceSlice(slice!, splitSlice(slice!))).toBe(false);
      const after = (await store.work.read(run.id))!.slices.filter(({ tenantId }) => tenantId === slice!.tenantId);
      expect(after.map(({ id, state }) => [id, state])).toEqual(
        expect.arrayContaining([[slice!.id, 'split'], ...finer.map(({ id }) => [id, 'queued'])]),
      );
      expect(after).toHaveLength(finer.length + 1);
    });

    it('are read as they are, however often, also after another process took a finished one up again', async () => {
      const run = aRun('owner-7');
      await insert(run);
      const [store, other] = stores();
      const own = store.forOwner(run.owner);
      await other.work.saveRun(run.id, { state: 'done', finishedAt: 1_000 });
      const finished = await own.find(run.id);
      expect(await own.find(run.id)).toBe(finished);
      expect(await store.forOwner({ ...run.owner, objectId: 'somebody' }).find(run.id)).toBeUndefined();

      await other.work.reopen(run.id, 2_000);
      const [slice] = finished!.slices;
      await other.work.saveSlice({ ...slice!, state: 'done', rows: 7 });
      expect((await own.find(run.id))?.slices[0]?.rows).toBe(7);
      await other.work.saveRun(run.id, { state: 'done', finishedAt: 3_000 });
      expect((await own.find(run.id))?.slices[0]?.rows).toBe(7);
      await other.all.markPruned(run.id, 4_000);
      expect((await own.find(run.id))?.run.prunedAt).toBe(4_000);
    });

    it('are taken up again by one of many', async () => {
      const run = aRun('owner-4');
      await insert(run);
      const [store, other] = stores();
      await store.work.saveRun(run.id, { state: 'failed', finishedAt: 1 });
      const taken = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? store : other).work.reopen(run.id, 2)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it('hear on one instance that they were cancelled on another', async () => {
      const run = aRun('owner-5');
      await insert(run);
      const [store, other] = stores();
      expect(await store.work.beat(run.id, 1)).toBe(false);
      await other.work.requestCancel(run.id, 2);
      expect(await store.work.beat(run.id, 3)).toBe(true);
    });

    it('whose process is gone are marked interrupted, the others are left alone', async () => {
      const [gone, alive] = [aRun('owner-6', 1_000), aRun('owner-6', 1_000)];
      await insert(gone);
      await insert(alive);
      const [store] = stores();
      await store.work.beat(gone.id, 2_000);
      await store.work.beat(alive.id, 9_000);
      await store.all.interruptStale(5_000, 10_000);
      expect((await store.work.read(gone.id))?.run.state).toBe('failed');
      expect((await store.work.read(gone.id))?.slices.map(({ cut }) => cut)).toEqual(['interrupted', 'interrupted']);
      expect((await store.work.read(alive.id))?.run.state).toBe('running');
    });
  });
