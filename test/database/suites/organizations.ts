import { randomUUID } from 'node:crypto';
import { ownExperience } from '../../../src/features/hunting/health/own-experience';
import { newSlice } from '../../../src/features/hunting/slices/new-slice';
import type { Run } from '../../../src/features/hunting/runs/run';
import { createRunStore } from '../../../src/features/hunting/runs/run-store';
import { createCheckStore } from '../../../src/features/tenants/board/check-store';
import { createTenantStore } from '../../../src/features/tenants/store';
import type { TenantId } from '../../../src/http/current-user';
import { twoInstances, type Instances } from './instances';

const tenant = 'aaaaaaaa-0000-4000-8000-000000000001' as TenantId;
const other = 'aaaaaaaa-0000-4000-8000-000000000002' as TenantId;
const ana = { tenantId: tenant, objectId: 'ana' };
const bo = { tenantId: tenant, objectId: 'bo' };
const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };
const now = 1_800_000_000_000;

const aRun = (owner: typeof ana, tables: readonly string[]): Run => ({
  id: randomUUID(),
  kind: 'hunt',
  parentId: null,
  owner: { ...owner, name: 'x' },
  query: tables.join(),
  timespan: 'P30D',
  window,
  state: 'done',
  provider: 'graph',
  analysis: { tables, notes: [], rowWise: { timeColumn: 'Timestamp' } },
  inherited: null,
  createdAt: now,
  startedAt: now,
  finishedAt: now,
  prunedAt: null,
});

/** What is known of organizations' health, as every instance over one database sees it. */
export const describeOrganizations = (make: () => Promise<Instances>): void =>
  describe('organizations', () => {
    const { first, second } = twoInstances(make);

    it('keep what was seen granted, on all instances, each their own', async () => {
      const [one, two] = [createTenantStore({ db: first(), clock: () => now }), createTenantStore({ db: second(), clock: () => now + 1 })];
      await one.connect({ tenantId: tenant, name: 'a.example', by: 'ana' });
      await one.consents.seen(tenant, 'graph', ['https://graph.microsoft.com/ThreatHunting.Read.All']);
      await one.recordFailure(tenant, 'entra-65001', 'c-1');
      expect(await two.find(tenant)).toMatchObject({ lastFailure: { at: now, code: 'entra-65001', correlationId: 'c-1' } });
      await two.consents.withdrawn(tenant, { code: 'entra-65001', correlationId: 'c-1' });
      expect(await one.consents.of(tenant)).toEqual([
        { permission: 'graph/ThreatHunting.Read.All', state: 'withdrawn', seenAt: now + 1, code: 'entra-65001', correlationId: 'c-1' },
      ]);
      expect(await one.consents.of(other)).toEqual([]);
    });

    it('keep each person’s checks to that person', async () => {
      const [one, two] = [createCheckStore({ db: first(), clock: () => now }), createCheckStore({ db: second() })];
      const result = { table: 'DeviceInfo', code: null, requestId: null } as const;
      await one.save(ana, tenant, { ...result, outcome: 'waiting' });
      await one.save(ana, tenant, { ...result, outcome: 'rows' });
      expect(await two.of(ana, tenant)).toEqual([{ ...result, outcome: 'rows', at: now }]);
      expect(await two.of(bo, tenant)).toEqual([]);
      expect(await two.of(ana, other)).toEqual([]);
      await two.forget(tenant);
      expect(await one.of(ana, tenant)).toEqual([]);
    });

    it('are told about by a person’s own runs alone', async () => {
      const store = createRunStore(first());
      const asked = async (owner: typeof ana, tables: readonly string[], end: object): Promise<void> => {
        const run = aRun(owner, tables);
        const slice = newSlice(run, { tenantId: tenant, name: 'a.example' });
        await store.work.insert(run, [slice]);
        await store.work.saveSlice({ ...slice, ...end });
      };
      const failure = { code: 'forbidden', message: 'You may not.' };
      await asked(ana, ['DeviceInfo'], { state: 'done', finishedAt: now + 5 });
      await asked(ana, ['DeviceInfo', 'AlertInfo'], { state: 'done', finishedAt: now + 6 });
      await asked(ana, ['EmailEvents'], { state: 'failed', failure, requestId: 'r-1', finishedAt: now + 7 });
      await asked(ana, ['X'], { state: 'failed', failure: { code: 'interrupted', message: '' }, finishedAt: now + 8 });
      await asked(bo, ['CloudAppEvents'], { state: 'done', finishedAt: now + 9 });
      const seen = await ownExperience(second(), ana, tenant);
      expect(seen.lastGood).toMatchObject({ at: now + 6 });
      expect(seen.lastFailure).toMatchObject({ at: now + 7, code: 'forbidden', requestId: 'r-1' });
      expect(seen.tables).toEqual([
        { name: 'DeviceInfo', at: now + 6 },
        { name: 'AlertInfo', at: now + 6 },
      ]);
      expect(await ownExperience(second(), ana, other)).toEqual({ lastGood: null, lastFailure: null, tables: [] });
    });
  });
