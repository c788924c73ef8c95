import { ledgerOf } from '../../../src/features/hunting/runs/ledger';
import { aHunt, eventsBetween, tenants } from './a-hunt';

describe('a restart', () => {
  it('marks what was under way as interrupted, and it can be asked again', async () => {
    const hunt = await aHunt();
    try {
      for (const { tenantId } of tenants) hunt.world.events.set(tenantId, eventsBetween('2026-01-30T00:00:00Z', 7, 1_000));
      hunt.world.troubles.push('none', 'hang', 'hang');
      const made = await hunt.hunting.service.create(hunt.user, {
        query: 'Events',
        timespan: 'P7D',
        tenants: tenants.map(({ tenantId }) => tenantId),
      });
      if (!made.ok) throw new Error('refused');
      const answered = async (): Promise<number> => {
        const found = await hunt.hunting.service.find(hunt.user, made.runId);
        return found.slices.filter(({ state }) => state === 'done').length;
      };
      while (hunt.world.calls.length < 3 || (await answered()) < 1) await new Promise((resolve) => setImmediate(resolve));
      // The process dies here: another one finds what it left behind.
      const next = hunt.again();
      await next.start();
      const { run, slices } = await next.service.find(hunt.user, made.runId);
      expect(run.state).toBe('failed');
      expect(slices.map(({ cut }) => cut).filter((cut) => cut !== null)).toEqual(['interrupted', 'interrupted']);
      await next.continuation.retry(hunt.user, made.runId);
      await next.executor.settled(made.runId);
      const after = await next.service.find(hunt.user, made.runId);
      expect([after.run.state, after.slices.filter(({ state }) => state !== 'split').map(({ rows }) => rows)]).toEqual(['done', [7, 7, 7]]);
      await next.stop();
    } finally {
      await hunt.close();
    }
  });

  it('in good order interrupts truthfully', async () => {
    const hunt = await aHunt();
    try {
      hunt.world.troubles.push('hang');
      const made = await hunt.hunting.service.create(hunt.user, { query: 'Events', timespan: 'P7D', tenants: [] });
      if (!made.ok) throw new Error('refused');
      while (hunt.world.calls.length < 1) await new Promise((resolve) => setImmediate(resolve));
      await hunt.hunting.stop();
      const { run, slices } = await hunt.hunting.service.find(hunt.user, made.runId);
      expect([run.state, slices[0]?.state, slices[0]?.cut]).toEqual(['failed', 'failed', 'interrupted']);
    } finally {
      await hunt.close();
    }
  });
});

describe('a full disk', () => {
  it('refuses new runs with a clear word', async () => {
    const hunt = await aHunt({ leastFreeBytes: Number.MAX_SAFE_INTEGER });
    try {
      await expect(hunt.hunting.service.create(hunt.user, { query: 'Events', timespan: 'P7D', tenants: [] })).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'disk-full',
      });
      expect(hunt.world.calls).toHaveLength(0);
    } finally {
      await hunt.close();
    }
  });

  it('in the middle of a run ends its next slices with that word and keeps what had come', async () => {
    let looks = 0;
    // Room when the run is made and for its first slice, and then no more.
    const freeBytes = () => Promise.resolve(looks++ < 2 ? 1_000 : 10);
    const hunt = await aHunt({ leastFreeBytes: 100, freeBytes });
    try {
      for (const { tenantId } of tenants) hunt.world.events.set(tenantId, eventsBetween('2026-01-30T00:00:00Z', 7, 1_000));
      const made = await hunt.hunting.service.create(hunt.user, {
        query: 'Events',
        timespan: 'P7D',
        tenants: tenants.map(({ tenantId }) => tenantId),
      });
      if (!made.ok) throw new Error('refused');
      await hunt.hunting.executor.settled(made.runId);
      const { run, slices } = await hunt.hunting.service.find(hunt.user, made.runId);
      expect(slices.map(({ rows, failure }) => failure?.code ?? rows)).toEqual([7, 'disk-full', 'disk-full']);
      expect(ledgerOf(run, slices).verdict).toBe('partial');
      expect(hunt.world.calls).toHaveLength(1);
    } finally {
      await hunt.close();
    }
  });
});
