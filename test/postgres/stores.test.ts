import { Client } from 'pg';
import { openDatabase } from '../../src/database/database';
import { mdeRules } from '../../src/features/hunting/budget/budget-rules';
import { createCallLedger } from '../../src/features/hunting/budget/call-ledger';
import { describeStores } from '../database/suites/all';
import { aPostgres, type TestPostgres } from '../support/a-postgres';

let postgres: TestPostgres;
let databases = 0;

beforeAll(async () => {
  postgres = await aPostgres();
});
afterAll(() => postgres.stop());

const aDatabase = async (): Promise<string> => {
  databases += 1;
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`create database stores_${databases}`);
  await client.end();
  return postgres.url.replace(/\/postgres$/, `/stores_${databases}`);
};

describe('PostgreSQL', () => {
  describeStores(async () => {
    const url = await aDatabase();
    return { open: () => openDatabase({ kind: 'postgres', url }) };
  });

  it('is brought up to date by one of several instances that start together', async () => {
    const url = await aDatabase();
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ kind: 'postgres', url })));
    await Promise.all(opened.map((database) => database.ping()));
    await Promise.all(opened.map((database) => database.close()));
  });

  it('lets no more calls through than a tenant’s minute has, however many instances ask at once', async () => {
    const url = await aDatabase();
    const opened = await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgres', url })));
    const ledgers = opened.map(({ db }) => createCallLedger(db, mdeRules));
    const now = Date.parse('2026-01-31T00:00:00Z');
    const claimed = async (at: number): Promise<number> => {
      const waits = await Promise.all(Array.from({ length: 60 }, (_, index) => ledgers[index % 2]!.claim('t', at)));
      return waits.filter((wait) => wait === 0).length;
    };
    expect(await claimed(now)).toBe(45);
    expect(await claimed(now + 59_999)).toBe(0);
    expect(await claimed(now + 60_000)).toBe(45);
    await ledgers[0]!.pause('t', now + 500_000);
    expect(await ledgers[1]!.claim('t', now + 200_000)).toBe(300_000);
    await Promise.all(opened.map((database) => database.close()));
  });

  it('says that it is unavailable when nobody listens', async () => {
    const nowhere = { kind: 'postgres', url: 'postgres://quarry@127.0.0.1:1/none' } as const;
    await expect(openDatabase(nowhere)).rejects.toMatchObject({ kind: 'unavailable', code: 'database-unavailable' });
  });
});
