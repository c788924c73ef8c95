import { createLeases } from '../../../src/database/leases';
import { twoInstances, type Instances } from './instances';

export const describeLeases = (make: () => Promise<Instances>): void =>
  describe('leases', () => {
    const { first, second } = twoInstances(make);
    let now = 1_800_000_000_000;
    const store = (db = first()) => createLeases({ db, clock: () => now });

    it('are held by one of many callers on two instances', async () => {
      const asked = Array.from({ length: 20 }, (_, n) => store(n % 2 ? first() : second()).tryAcquire('one', 1_000));
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
      expect(await store().tryAcquire('another', 1_000)).toBeDefined();
    });

    it('are free again when released, and by themselves when the holder is gone', async () => {
      const lease = await store().tryAcquire('two', 1_000);
      expect(await store(second()).tryAcquire('two', 1_000)).toBeUndefined();
      await lease?.release();
      expect(await store(second()).tryAcquire('two', 1_000)).toBeDefined();
      now += 1_000;
      expect(await store().tryAcquire('two', 1_000)).toBeDefined();
    });

    it('are released by their holder alone', async () => {
      const late = await store().tryAcquire('three', 1_000);
      now += 1_000;
      await store(second()).tryAcquire('three', 1_000);
      await late?.release();
      expect(await store().tryAcquire('three', 1_000)).toBeUndefined();
    });
  });
