import { Client } from 'pg';
import { openDatabase } from '../../src/database/database';
import { describeStores } from '../database/suites/all';
import { aPostgres, type TestPostgres } from '../support/a-postgres';

let postgres: TestPostgres;
let databases = 0;

beforeAll(async () => {
  postgres = await aPostgres();
}, 60_000);
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

  it('says that it is unavailable when nobody listens', async () => {
    const nowhere = { kind: 'postgres', url: 'postgres://quarry@127.0.0.1:1/none' } as const;
    await expect(openDatabase(nowhere)).rejects.toMatchObject({ kind: 'unavailable', code: 'database-unavailable' });
  });
});
