import { join } from 'node:path';
import { openDatabase, type OpenDatabase } from '../../../src/database/database';
import { noted } from '../../../src/features/audit/audit-event';
import { emptyChain, type AuditRecord, type Head } from '../../../src/features/audit/seal';
import type { Scope } from '../../../src/features/audit/scope';
import { findPage, searching, type Search } from '../../../src/features/audit/search';
import type { TenantId } from '../../../src/http/current-user';
import { aFolder } from '../../support/a-folder';
import { sealsOf } from './a-chain';
import { fc } from '../../support/properties';

const folder = aFolder();
const chain = 'tenant-a' as TenantId;
const people = ['ana', 'bob'] as const;
const texts = ['DeviceEvents | take 1', 'EmailEvents', null] as const;
const seals = sealsOf();

let database: OpenDatabase;
let records: readonly AuditRecord[];

const length = 97;
beforeAll(async () => {
  database = await openDatabase({ kind: 'sqlite', file: join(folder, 'quarry.db') });
  let head: Head = emptyChain;
  records = Array.from({ length }, (_, n) => {
    const objectId = people[n % people.length] ?? '';
    const event = {
      chain,
      action: n % 5 === 0 ? 'hunt-started' : 'hunt-finished',
      actor: { tenantId: chain, objectId, name: `${objectId} Lyst`, username: `${objectId}@contoso.example` },
      runId: `run-${n % 11}`,
      query: texts[n % 7] ?? null,
      ownData: true,
    };
    const record = seals.seal(noted(event, 1_000 + n), head);
    head = record;
    return record;
  });
  await database.db
    .insertInto('audit_records')
    .values([...records])
    .execute();
});
afterAll(() => database.close());

/** The same, said without a database. */
const expected = (scope: Scope, { person, action, text, runId, from, to }: Search): readonly number[] => {
  const own = records.filter(({ actor_object_id }) => scope.person === null || actor_object_id === scope.person);
  const runs = new Set(
    own.filter(({ query }) => query?.toLowerCase().includes(text?.toLowerCase() ?? '') === true).map(({ run_id }) => run_id),
  );
  return own
    .filter(({ actor_name }) => person === undefined || actor_name?.includes(person) === true)
    .filter((record) => action === undefined || record.action === action)
    .filter(({ run_id }) => (text === undefined || runs.has(run_id)) && (runId === undefined || run_id === runId))
    .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at < to))
    .map(({ seq }) => seq)
    .reverse();
};

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const searches = fc.record({
  person: maybe(fc.constantFrom('ana', 'bob', 'nobody')),
  action: maybe(fc.constantFrom('hunt-started', 'hunt-finished', 'sign-in')),
  text: maybe(fc.constantFrom('device', 'EMAIL', '%', 'nothing')),
  runId: maybe(fc.constantFrom('run-1', 'run-99')),
  from: maybe(fc.integer({ min: 990, max: 1_100 })),
  to: maybe(fc.integer({ min: 990, max: 1_100 })),
});
const scopes: fc.Arbitrary<Scope> = fc.constantFrom(null, ...people).map((person) => ({ tenantId: chain, person }));

describe('a search in the audit trail', () => {
  it('finds page by page, in stretches of any length, exactly what fits', async () => {
    await fc.assert(
      fc.asyncProperty(
        scopes,
        searches,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (scope, search, recordsAtOnce, mostOfAPage, limit) => {
          const options = { db: database.db, scope, search, limits: { recordsAtOnce, mostOfAPage } };
          const found: number[] = [];
          for (let before: number | undefined; ;) {
            const page = await findPage({ ...options, before }, limit);
            expect(page.records.length).toBeLessThanOrEqual(limit);
            found.push(...page.records.map(({ seq }) => seq));
            if (page.reached === null) break;
            expect(page.reached).toBeLessThan(before ?? length + 1);
            before = page.reached;
          }
          expect(found).toEqual(expected(scope, search));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('hands out for a file exactly what fits, in batches', async () => {
    await fc.assert(
      fc.asyncProperty(scopes, searches, fc.integer({ min: 1, max: 40 }), async (scope, search, recordsAtOnce) => {
        const found: number[] = [];
        const limits = { recordsAtOnce, mostOfAPage: 1 };
        for await (const stretch of searching({ db: database.db, scope, search, batch: 7, limits }))
          found.push(...stretch.records.map(({ seq }) => seq));
        expect(found).toEqual(expected(scope, search));
      }),
      { numRuns: 100 },
    );
  });

  it('ends a page that looked at enough, and says how far it came', async () => {
    const scope: Scope = { tenantId: chain, person: null };
    const limits = { recordsAtOnce: 10, mostOfAPage: 20 };
    const page = await findPage({ db: database.db, scope, search: { text: 'nothing like it' }, limits }, 5);
    expect(page).toEqual({ records: [], reached: length - 19 });
  });
});
