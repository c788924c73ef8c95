import { randomBytes } from 'node:crypto';
import { createEnvelope } from '../../../src/database/encryption';
import { createKeyRing } from '../../../src/database/key-ring';
import { createPendingSignIns } from '../../../src/database/pending-sign-ins';
import { twoInstances, type Instances } from './instances';

interface Pending {
  readonly stateHash: string;
  readonly browserHash: string;
  readonly verifier: string;
  readonly expiresAt: number;
}

const random = (): string => randomBytes(16).toString('base64url');

export const describePendingSignIns = (make: () => Promise<Instances>): void =>
  describe('pending sign-ins', () => {
    const { first, second } = twoInstances(make);
    let now = 1_800_000_000_000;
    const envelope = createEnvelope(createKeyRing([random() + random()]));
    const store = (db = first()) => createPendingSignIns<Pending>({ db, envelope, clock: () => now });
    const aPending = (browserHash = random()): Pending => ({
      stateHash: random(),
      browserHash,
      verifier: random(),
      expiresAt: now + 600_000,
    });

    it('are handed out once, to one of many callers on two instances', async () => {
      const pending = aPending();
      await store().add(pending, 5);
      const taken = await Promise.all(Array.from({ length: 20 }, (_, n) => store(n % 2 ? first() : second()).take(pending.stateHash)));
      expect(taken.filter(Boolean)).toEqual([pending]);
      expect(await store().take(random())).toBeUndefined();
    });

    it('keep the newest five of a browser, and all of other browsers', async () => {
      const browser = random();
      const other = aPending();
      await store().add(other, 5);
      const all: Pending[] = [];
      for (let tab = 0; tab < 7; tab += 1) {
        now += 1;
        all.push(aPending(browser));
        await store().add(all[tab]!, 5);
      }
      const taken = [];
      for (const { stateHash } of all) taken.push(await store().take(stateHash));
      expect(taken).toEqual([undefined, undefined, ...all.slice(2)]);
      expect(await store().take(other.stateHash)).toEqual(other);
    });

    it('hold no verifier in clear', async () => {
      const pending = aPending();
      await store().add(pending, 5);
      expect(JSON.stringify(await first().selectFrom('pending_sign_ins').selectAll().execute())).not.toContain(pending.verifier);
    });

    it('refuse a record that was swapped with another', async () => {
      const [one, two] = [aPending(), aPending()];
      await store().add(one, 5);
      await store().add(two, 5);
      const { sealed } = await first()
        .selectFrom('pending_sign_ins')
        .select('sealed')
        .where('state_hash', '=', two.stateHash)
        .executeTakeFirstOrThrow();
      await first().updateTable('pending_sign_ins').set({ sealed }).where('state_hash', '=', one.stateHash).execute();
      await expect(store().take(one.stateHash)).rejects.toThrow('sealed record refused');
    });

    it('leave no rows behind once their time has passed', async () => {
      await store().add(aPending(), 5);
      now += 600_000;
      await store().prune();
      expect(await first().selectFrom('pending_sign_ins').selectAll().execute()).toEqual([]);
    });
  });
