import { createKeyRing } from '../../../src/database/key-ring';
import type { AuditEvent } from '../../../src/features/audit/audit-event';
import { createChainReader } from '../../../src/features/audit/chain-reader';
import { createSeals } from '../../../src/features/audit/seal';
import { createTrail } from '../../../src/features/audit/trail';
import { verifyChain } from '../../../src/features/audit/verify';
import { createWriter } from '../../../src/features/audit/writer';
import type { Database } from '../../../src/database/database';
import type { TenantId } from '../../../src/http/current-user';
import { twoInstances, type Instances } from './instances';

const seals = createSeals(createKeyRing(['a key of the tests alone']));
const aWriter = (db: Database, clock: () => number = Date.now) => createWriter({ db, seals, checkpoints: { note: () => {} }, clock });
const ana = { tenantId: 'audit-a', objectId: 'ana', name: 'Ana Lyst', username: 'ana@contoso.example' };

const anEvent = (chain: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  chain,
  action: 'hunt-started',
  actor: ana,
  ownData: true,
  ...more,
});

export const describeAudit = (make: () => Promise<Instances>): void =>
  describe('audit records', () => {
    const { first, second } = twoInstances(make);
    const check = (chain: string) =>
      verifyChain(chain, { reader: createChainReader(second()), seals, chains: [chain], vouched: new Map([[chain, new Map()]]) });
    const everybody = (tenantId: string) => createTrail(second()).within({ tenantId: tenantId as TenantId, person: null });
    const all = async (chain: string) => {
      const found = [];
      for await (const batch of everybody(chain).all({})) found.push(...batch);
      return found;
    };

    it('of a thousand events at once from two instances make one unbroken chain, and none is lost', async () => {
      const writers = [aWriter(first()), aWriter(second())] as const;
      const names = Array.from({ length: 1_000 }, (_, index) => `event ${index}`);
      const long = 'x'.repeat(5_000);
      await Promise.all(
        names.map((name, index) =>
          writers[index % 2 === 0 ? 0 : 1].append([
            anEvent('audit-many', { query: name, facts: { long: index % 50 === 0 ? long : '' } }),
            anEvent(`audit-other-${index % 3}`),
          ]),
        ),
      );
      const records = await all('audit-many');
      expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_000 }, (_, index) => 1_000 - index));
      expect(new Set(records.map(({ query }) => query))).toEqual(new Set(names));
      expect(await check('audit-many')).toMatchObject({ records: 1_000, fault: null });
      for (const index of [0, 1, 2]) expect(await check(`audit-other-${index}`)).toMatchObject({ fault: null });
    });

    it('read back as they were sealed, whatever text they hold', async () => {
      const query = `T\0 \ud800 | where x == "‮\r\n<script>'; drop table audit_records; --"\u{1f600}${'é'.repeat(64 * 1024)}`;
      const facts = { b: [1, { z: null, a: '\0\ud800"\\' }], a: 12.5, none: undefined };
      await aWriter(first()).append([anEvent('audit-text', { query, facts, rows: 2 ** 40, actor: { ...ana, name: 'A\udc00\0' } })]);
      const [record] = await all('audit-text');
      expect(record).toMatchObject({ row_count: 2 ** 40, own_data: 1, actor_name: 'A\ufffd\u2400' });
      expect(record!.query).toBe(query.replace('\0', '\u2400').replace('\ud800', '\ufffd'));
      expect(record!.facts).toBe('{"a":12.5,"b":[1,{"a":"\u2400\ufffd\\"\\\\","z":null}]}');
      expect(await check('audit-text')).toMatchObject({ records: 1, fault: null });
    });

    it('of one job are written all or none, and what a database does not take is told and takes no other with it', async () => {
      const writer = aWriter(first());
      const bad = anEvent('audit-bad', { rows: 'many' as never, runId: { toString: () => 'x' } as never });
      const [good, refused, more] = await Promise.allSettled([
        writer.append([anEvent('audit-bad')]),
        writer.append([anEvent('audit-bad'), bad]),
        writer.append([anEvent('audit-bad')]),
      ]);
      expect([good!.status, refused!.status, more!.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((refused as PromiseRejectedResult).reason).toMatchObject({ kind: 'unavailable', code: 'audit-unavailable' });
      expect(await check('audit-bad')).toMatchObject({ records: 2, fault: null });
    });

    it('are found by person, action, text of the query, time and run, page by page, within their tenant alone', async () => {
      let now = 1_000;
      const writer = aWriter(first(), () => (now += 1_000));
      const bob = { tenantId: 'audit-b', objectId: 'bob', name: 'Bob 100%', username: 'bob@fabrikam.example' };
      const chain = 'audit-a';
      await writer.append([anEvent(chain, { runId: 'r1', query: 'DeviceEvents | where A_B == "100%"', ownData: false })]);
      await writer.append([anEvent(chain, { action: 'hunt-finished', runId: 'r1', rows: 7 })]);
      await writer.append([anEvent(chain, { actor: bob, runId: 'r2', query: 'EmailEvents' })]);
      await writer.append([anEvent(chain, { actor: bob, action: 'rows-exported', runId: 'r2', rows: 5 })]);
      await writer.append([anEvent('audit-b', { actor: bob, runId: 'r2', query: 'EmailEvents of audit-b' })]);
      const found = async (search: object) => (await everybody(chain).page(search, { limit: 10 })).records.map(({ seq }) => seq);
      expect(await found({})).toEqual([4, 3, 2, 1]);
      expect(await found({ person: 'LYST' })).toEqual([2, 1]);
      expect(await found({ person: '0%' })).toEqual([4, 3]);
      expect(await found({ person: '_' })).toEqual([]);
      expect(await found({ action: 'rows-exported' })).toEqual([4]);
      expect(await found({ text: 'a_b' })).toEqual([2, 1]);
      expect(await found({ text: 'emailevents' })).toEqual([4, 3]);
      expect(await found({ text: '%' })).toEqual([2, 1]);
      expect(await found({ runId: 'r2' })).toEqual([4, 3]);
      expect(await found({ from: 3_000, to: 5_000 })).toEqual([3, 2]);
      const { reached } = await everybody(chain).page({}, { limit: 2 });
      expect((await everybody(chain).page({}, { before: reached!, limit: 2 })).records.map(({ seq }) => seq)).toEqual([2, 1]);
      expect(await everybody(chain).queries(['r1', 'r2'])).toEqual(
        new Map([
          ['r1', 'DeviceEvents | where A_B == "100%"'],
          ['r2', 'EmailEvents'],
        ]),
      );

      const own = (person: string) => createTrail(second()).within({ tenantId: chain as TenantId, person });
      expect((await own('ana').page({}, { limit: 10 })).records.map(({ seq }) => seq)).toEqual([2, 1]);
      expect(await own('ana').page({ text: 'emailevents' }, { limit: 10 })).toEqual({ records: [], reached: null });
      expect(await own('bob').page({}, { limit: 10 })).toEqual({ records: [], reached: null });
      expect(await own('ana').queries(['r2'])).toEqual(new Map());
    });

    it('add up to what was done with a tenant’s data', async () => {
      const summary = await everybody('audit-a').summary(0);
      expect(summary).toEqual({ people: 2, queries: 1, rowsShown: 7, rowsExported: 5, exports: 1 });
      expect(await everybody('audit-a').summary(1e12)).toEqual({ people: 0, queries: 0, rowsShown: 0, rowsExported: 0, exports: 0 });
      expect(await everybody('nobody').summary(0)).toEqual({ people: 0, queries: 0, rowsShown: 0, rowsExported: 0, exports: 0 });
    });
  });
