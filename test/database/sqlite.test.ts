import { statSync } from 'node:fs';
import { join } from 'node:path';
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
});
