import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runsToPrune } from '../../../../src/features/hunting/kept/retention';
import { aHunt, eventsBetween } from '../a-hunt';

const day = 86_400_000;
const now = 100 * day;
const run = (id: string, ageDays: number, bytes: number, owner = 'u') => ({
  id,
  owner_tenant_id: 't',
  owner_object_id: owner,
  kept_bytes: bytes,
  created_at: now - ageDays * day,
});
const policy = { days: 30, bytesPerUser: 100, bytesPerTenant: 150 };

describe('rows are removed', () => {
  it('when they are too old', () => {
    expect(runsToPrune([run('old', 31, 1), run('young', 29, 1)], policy, now)).toEqual(['old']);
  });

  it('when their owner has too much, oldest first', () => {
    expect(runsToPrune([run('a', 3, 60), run('b', 2, 60), run('c', 1, 30)], policy, now)).toEqual(['a']);
  });

  it('when their tenant has too much', () => {
    expect(runsToPrune([run('a', 3, 90, 'u1'), run('b', 2, 90, 'u2')], policy, now)).toEqual(['a']);
  });

  it('and the run says so, keeping its ledger', async () => {
    const hunt = await aHunt({ retention: { days: 1, bytesPerUser: 1e9, bytesPerTenant: 1e9 } });
    try {
      hunt.world.events.set(hunt.user.tenantId, eventsBetween('2026-01-30T00:00:00Z', 5, 1_000));
      const made = await hunt.hunting.service.create(hunt.user, { query: 'Events', timespan: 'P7D', tenants: [] });
      if (!made.ok) throw new Error('refused');
      await hunt.hunting.executor.settled(made.runId);
      const folder = join(hunt.dataDir, 'runs', made.runId);
      expect(await hunt.hunting.prune()).toBe(0);
      expect(existsSync(folder)).toBe(true);
      hunt.clock.pass(2 * day);
      expect(await hunt.hunting.prune()).toBe(1);
      expect(existsSync(folder)).toBe(false);
      const { run: kept, slices } = await hunt.hunting.service.find(hunt.user, made.runId);
      expect(kept.prunedAt).not.toBeNull();
      expect(slices[0]?.rows).toBe(5);
    } finally {
      await hunt.close();
    }
  });
});
