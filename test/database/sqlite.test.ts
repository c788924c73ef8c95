import { statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../../src/database/database';
import { createLeases } from '../../src/database/leases';
import { aFolder } from '../support/a-folder';
import { describeStores } from './suites/all';

const folder = aFolder();
let files = 0;

describe('SQLite', () => {
  describeStores(async () => {
    files += 1;
    // One process, one connection: a file has one instance, whose callers share it.
    const shared = await openDatabase({ kind: 'sqlite', file: join(folder, `${files}.db`) });
    let users = 0;
    return {
      open: async () => {
        users += 1;
        return { ...shared, close: async () => void ((users -= 1) === 0 && (await shared.close())) };
      },
    };
  });

  it('opens a second time without changing anything, and makes its folder for this account alone', async () => {
    const file = join(folder, 'deep', 'quarry.db');
    for (let time = 0; time < 2; time += 1) await (await openDatabase({ kind: 'sqlite', file })).close();
    expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
  });

  it('shows one connection what another has written', async () => {
    const file = join(folder, 'shared.db');
    const [one, two] = [await openDatabase({ kind: 'sqlite', file }), await openDatabase({ kind: 'sqlite', file })];
    await createLeases({ db: one.db }).tryAcquire('a', 60_000);
    expect(await createLeases({ db: two.db }).tryAcquire('a', 60_000)).toBeUndefined();
    await Promise.all([one.close(), two.close()]);
  });

  it('says that it is unavailable when its disk is full, within a transaction too, and goes on when there is room', async () => {
    const { db, close } = await openDatabase({ kind: 'sqlite', file: join(folder, 'full.db') });
    const write = (name: string) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('leases')
          .values({ name, holder: 'x'.repeat(200_000), expires_at: 0 })
          .execute();
      });
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql.raw(`pragma max_page_count = ${rows[0]!.page_count + 2}`).execute(db);
    await expect(write('a')).rejects.toMatchObject({ kind: 'unavailable', code: 'database-unavailable' });
    await sql.raw('pragma max_page_count = 100000').execute(db);
    await write('b');
    expect(await db.selectFrom('leases').select('name').execute()).toEqual([{ name: 'b' }]);
    await close();
  });
});
