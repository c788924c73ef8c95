import { join } from 'node:path';
import { openDatabase } from '../../src/database/database';
import { createKeyRing } from '../../src/database/key-ring';
import { createChainReader, recordsOf } from '../../src/features/audit/chain-reader';
import { readCheckpoints } from '../../src/features/audit/checkpoint-reader';
import { createSeals } from '../../src/features/audit/seal';
import { verifyChain } from '../../src/features/audit/verify';
import { aFolder } from '../support/a-folder';
import { aPostgres, type TestPostgres } from '../support/a-postgres';
import { anAuditAppender } from '../support/an-audit-appender';

const folder = aFolder();
const secret = 'a key of the tests alone';
const seals = createSeals(createKeyRing([secret]));
let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await aPostgres();
});
afterAll(() => postgres.stop());

describe('two instances that append to the same chains', () => {
  it('make one unbroken chain of 1,000 events, and when one of them is killed nothing that was acknowledged is lost', async () => {
    const location = { kind: 'postgres', url: postgres.url } as const;
    await (await openDatabase(location)).close();
    const appender = (name: string, count: number) =>
      anAuditAppender({ location, secret, chain: 'a', name, count, checkpoints: join(folder, `${name}.ndjson`) });
    const both = [appender('one', 500), appender('two', 500)];
    await Promise.all(both.map(({ ended }) => ended));
    const [third, fourth] = [appender('three', 1_000_000), appender('four', 300)];
    await Promise.all([third.reaches(100), fourth.reaches(50)]);
    third.kill();
    await Promise.all([third.ended, fourth.ended]);

    const checkpoints = ['one', 'two', 'three', 'four'].map((name) => join(folder, `${name}.ndjson`));
    const { vouched, forged } = await readCheckpoints(checkpoints, seals);
    const { db, close } = await openDatabase(location);
    const reader = createChainReader(db);
    const acknowledged = [...both, third, fourth].flatMap((each) => each.acknowledged());
    expect(acknowledged.length).toBeGreaterThanOrEqual(1_400);
    for (const chain of ['a', 'a-2']) {
      const kept: (string | null)[] = [];
      for await (const { query } of recordsOf(reader, chain)) kept.push(query);
      expect(acknowledged.filter((name) => !kept.includes(name))).toEqual([]);
      expect(new Set(kept).size).toBe(kept.length);
      expect(await verifyChain(chain, { reader, seals, chains: ['a', 'a-2'], vouched })).toMatchObject({ state: 'whole', fault: null });
    }
    expect(forged).toEqual([]);
    await close();
  });
});
