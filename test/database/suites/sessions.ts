import { randomBytes } from 'node:crypto';
import { createSessions } from '../../../src/database/sessions';
import { someUser, twoInstances, type Instances } from './instances';

const minute = 60_000;
const limits = { idleMs: 60 * minute, absoluteMs: 720 * minute };
const anId = (): string => randomBytes(24).toString('base64url');
const aSession = { user: someUser, identitySid: null, data: '{}' };

export const describeSessions = (make: () => Promise<Instances>): void =>
  describe('sessions', () => {
    const { first, second } = twoInstances(make);
    let now = 1_800_000_000_000;
    const clock = (): number => now;
    const here = () => createSessions({ db: first(), limits, clock });
    const there = () => createSessions({ db: second(), limits, clock });

    it('are found by their id on every instance, with the person who signed in', async () => {
      const id = anId();
      const { handle } = await here().start(id, aSession);
      const standing = { rolesReadAt: now, tenant: { connected: false, assignsRoles: false } };
      expect(await there().find(id)).toEqual({ handle, user: someUser, createdAt: now, lastSeenAt: now, ...standing, data: '{}' });
      expect(await there().find(anId())).toBeUndefined();
    });

    it('keep no id that could be used', async () => {
      const id = anId();
      const { handle } = await here().start(id, { ...aSession, identitySid: 'sid-of-the-service' });
      const stored = JSON.stringify(await first().selectFrom('sessions').selectAll().execute());
      expect(stored).toContain(handle);
      expect(stored).not.toContain(id);
      expect(stored).not.toContain('sid-of-the-service');
    });

    it('end after an hour without a request, by the clock of the server', async () => {
      const id = anId();
      await here().start(id, aSession);
      now += 59 * minute;
      await there().seen(id);
      now += 59 * minute;
      expect(await here().find(id)).toBeDefined();
      now += minute;
      expect(await here().find(id)).toBeUndefined();
    });

    it('end after twelve hours however busy', async () => {
      const id = anId();
      await here().start(id, aSession);
      for (let hour = 0; hour < 23; hour += 1) {
        now += 30 * minute;
        await here().seen(id);
      }
      expect(await here().find(id)).toBeDefined();
      now += 30 * minute;
      await here().seen(id);
      expect(await here().find(id)).toBeUndefined();
    });

    it('keep what the web layer stores, for as long as they live', async () => {
      const id = anId();
      await here().start(id, aSession);
      expect(await there().update(id, '{"a":1}')).toBe(true);
      expect((await here().find(id))?.data).toBe('{"a":1}');
      await here().end(id);
      expect(await there().update(id, '{"a":2}')).toBe(false);
      expect(await here().find(id)).toBeUndefined();
    });

    it('never start again under an id that has ended', async () => {
      const id = anId();
      await here().start(id, aSession);
      await there().end(id);
      await expect(here().start(id, aSession)).rejects.toThrow('has ended');
    });

    it('end by the session id of the identity service, in the tenant it names', async () => {
      const [mine, other] = [anId(), anId()];
      await here().start(mine, { ...aSession, identitySid: 'shared-sid' });
      await here().start(other, { ...aSession, identitySid: 'shared-sid', user: { ...someUser, tenantId: 'another' } });
      expect(await there().endByIdentitySid('unknown')).toEqual([]);
      expect(await there().endByIdentitySid('shared-sid', someUser.tenantId)).toEqual([
        { tenantId: someUser.tenantId, objectId: someUser.objectId },
      ]);
      expect(await here().find(mine)).toBeUndefined();
      expect(await here().find(other)).toBeDefined();
    });

    it('leave no rows behind once time has ended them', async () => {
      await here().start(anId(), aSession);
      now += limits.absoluteMs;
      await here().prune();
      expect(await here().count()).toBe(0);
      expect(await first().selectFrom('ended_sessions').selectAll().execute()).toEqual([]);
    });
  });
