import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/database/database';
import { createKeyRing } from '../../src/database/key-ring';
import { createChainReader, recordsOf } from '../../src/features/audit/chain-reader';
import { readCheckpoints } from '../../src/features/audit/checkpoint-reader';
import { createSeals } from '../../src/features/audit/seal';
import { verifyChain } from '../../src/features/audit/verify';
import { aFolder } from '../support/a-folder';
import { anAuditAppender } from '../support/an-audit-appender';

const folder = aFolder();
const secret = 'a key of the tests alone';

/** Killed within its first milliseconds it would not have come to its first checkpoint. */
const vouchedForBoth = async (file: string): Promise<void> => {
  const come = (): boolean => existsSync(file) && /"a-2".*\n/.test(readFileSync(file, 'utf8'));
  while (!come()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('an instance that is killed while it appends', () => {
  it('loses no record that it acknowledged and breaks no chain, time after time', async () => {
    const location = { kind: 'sqlite', file: join(folder, 'killed.db') } as const;
    const checkpoints = join(folder, 'checkpoints.ndjson');
    const seals = createSeals(createKeyRing([secret]));
    const acknowledged: string[] = [];
    for (let life = 0; life < 4; life += 1) {
      const appender = anAuditAppender({ location, secret, chain: 'a', name: `life ${life}`, count: 1_000_000, checkpoints });
      await appender.reaches(20 + life * 20);
      await vouchedForBoth(checkpoints);
      appender.kill();
      await appender.ended;
      acknowledged.push(...appender.acknowledged());

      const { vouched, forged } = await readCheckpoints([checkpoints], seals);
      const { db, close } = await openDatabase(location);
      const reader = createChainReader(db);
      for (const chain of ['a', 'a-2']) {
        const kept = new Set<string | null>();
        for await (const { query } of recordsOf(reader, chain)) kept.add(query);
        expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
        const verdict = await verifyChain(chain, { reader, seals, chains: ['a', 'a-2'], vouched });
        expect(verdict).toMatchObject({ state: 'whole', records: kept.size, fault: null });
      }
      expect(forged).toEqual([]);
      await close();
    }
  });
});
