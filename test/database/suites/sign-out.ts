import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEnvelope } from '../../../src/database/encryption';
import { createKeyRing } from '../../../src/database/key-ring';
import { createSessions } from '../../../src/database/sessions';
import { createTokenRecords } from '../../../src/database/token-records';
import { someUser, twoInstances, type Instances } from './instances';
import { fc } from '../../support/properties';

const limits = { idleMs: 3_600_000, absoluteMs: 43_200_000 };
const interleavings = 500;

type Act = 'save' | 'touch' | 'store tokens' | 'renew tokens' | 'sign out';
const acts: readonly Act[] = ['save', 'touch', 'store tokens', 'renew tokens'];

export const describeSignOut = (make: () => Promise<Instances>): void =>
  describe('sign-out', () => {
    const { first, second } = twoInstances(make);
    const envelope = createEnvelope(createKeyRing([randomBytes(32).toString('base64url')]));

    it(`is final whatever else is in flight on two instances (${interleavings} random interleavings)`, async () => {
      const instances = [first(), second()].map((db) => ({
        sessions: createSessions({ db, limits }),
        tokens: createTokenRecords({ db, envelope }),
      }));
      const step = fc.record({
        act: fc.constantFrom(...acts),
        instance: fc.integer({ min: 0, max: 1 }),
        ticks: fc.integer({ min: 0, max: 3 }),
      });
      const signOut = fc.record({ instance: fc.integer({ min: 0, max: 1 }), ticks: fc.integer({ min: 0, max: 3 }), place: fc.nat(8) });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), signOut, async (steps, out) => {
          const id = randomBytes(24).toString('base64url');
          const { handle } = await instances[0]!.sessions.start(id, { user: someUser, identitySid: null, data: '{}' });
          const owner = { sessionId: handle, tenantId: someUser.tenantId, objectId: someUser.objectId };
          const perform = async ({ act, instance, ticks }: { act: Act; instance: number; ticks: number }): Promise<void> => {
            for (let tick = 0; tick < ticks; tick += 1) await sleep(0);
            const { sessions, tokens } = instances[instance]!;
            if (act === 'save') await sessions.update(id, '{"late":true}');
            if (act === 'touch') await sessions.seen(id);
            if (act === 'store tokens') await tokens.write(owner, 'late', 0);
            if (act === 'renew tokens') await tokens.write(owner, 'later', 1);
            if (act === 'sign out') await sessions.end(id);
          };
          const all = [...steps];
          const script: Parameters<typeof perform>[0][] = [...all];
          script.splice(Math.min(out.place, script.length), 0, { act: 'sign out', instance: out.instance, ticks: out.ticks });
          // A write that loses to the sign-out may say so by rejecting (a foreign key); it must not win.
          await Promise.allSettled(script.map(perform));
          for (const { sessions, tokens } of instances) {
            expect(await sessions.find(id)).toBeUndefined();
            expect(await tokens.read(owner)).toBeUndefined();
          }
        }),
        { numRuns: interleavings },
      );
      expect(await first().selectFrom('token_records').selectAll().execute()).toEqual([]);
    });
  });
