import { randomBytes } from 'node:crypto';
import { createEnvelope } from '../../../src/database/encryption';
import { createKeyRing } from '../../../src/database/key-ring';
import { createSessions } from '../../../src/database/sessions';
import { createTokenRecords } from '../../../src/database/token-records';
import { someUser, twoInstances, type Instances } from './instances';

const limits = { idleMs: 3_600_000, absoluteMs: 43_200_000 };
const aSecret = (): string => randomBytes(32).toString('base64url');

export const describeTokenRecords = (make: () => Promise<Instances>): void =>
  describe('token records', () => {
    const { first, second } = twoInstances(make);
    const secret = aSecret();
    const records = (db = first(), secrets = [secret]) => createTokenRecords({ db, envelope: createEnvelope(createKeyRing(secrets)) });
    const signIn = async () => {
      const { handle, user } = await createSessions({ db: first(), limits }).start(aSecret(), {
        user: someUser,
        identitySid: null,
        data: '{}',
      });
      return { sessionId: handle, tenantId: user.tenantId, objectId: user.objectId };
    };

    it('are read back on every instance and counted up by each write', async () => {
      const owner = await signIn();
      expect(await records().read(owner)).toBeUndefined();
      expect(await records().write(owner, 'one', 0)).toBe(true);
      expect(await records(second()).write(owner, 'two', 1)).toBe(true);
      expect(await records().read(owner)).toEqual({ version: 2, content: 'two' });
    });

    it('let one of many writers of the same version win', async () => {
      const owner = await signIn();
      for (const expected of [0, 1, 2]) {
        const writers = Array.from({ length: 20 }, (_, n) =>
          records(n % 2 ? first() : second()).write(owner, `${expected}-${n}`, expected),
        );
        expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
      }
      expect((await records().read(owner))?.version).toBe(3);
    });

    it('cannot be written without a session', async () => {
      const owner = { ...(await signIn()), sessionId: 'no-such-session' };
      expect(await records().write(owner, 'tokens', 0)).toBe(false);
    });

    it('hold no token in clear', async () => {
      const owner = await signIn();
      await records().write(owner, 'refresh-token-canary', 0);
      expect(JSON.stringify(await first().selectFrom('token_records').selectAll().execute())).not.toContain('canary');
    });

    it('end the session when a record was swapped with another session', async () => {
      const [mine, other] = [await signIn(), await signIn()];
      await records().write(mine, 'mine', 0);
      await records().write(other, 'other', 0);
      const { sealed } = await first()
        .selectFrom('token_records')
        .select('sealed')
        .where('session_handle', '=', other.sessionId)
        .executeTakeFirstOrThrow();
      await first().updateTable('token_records').set({ sealed }).where('session_handle', '=', mine.sessionId).execute();
      await expect(records().read(mine)).rejects.toMatchObject({ kind: 'unauthenticated', code: 'sign-in-again' });
      expect(await first().selectFrom('sessions').selectAll().where('handle', '=', mine.sessionId).execute()).toEqual([]);
      expect((await records().read(other))?.content).toBe('other');
    });

    it('survive a new key at the head of the ring, and end with a retired one', async () => {
      const owner = await signIn();
      await records().write(owner, 'tokens', 0);
      expect((await records(first(), [aSecret(), secret]).read(owner))?.content).toBe('tokens');
      await expect(records(first(), [aSecret()]).read(owner)).rejects.toMatchObject({ code: 'sign-in-again' });
    });
  });
