import { join } from 'node:path';
import { aFolder } from '../../support/a-folder';
import { createKqlInProcess } from '../../support/kql/kql-in-process';
import type { Schema } from '../../../src/kql/schema';

describe('bag_pack() with a column for its key', () => {
  const schema: Schema = { id: 'dictionary-keys', tables: [{ name: 'Files', columns: [{ name: 'FileName', type: 'string' }] }] };

  it('reads the dictionary of a file, in which null has an entry', async () => {
    const kql = await createKqlInProcess();
    try {
      const file = join(aFolder(), 'files.parquet');
      await kql.connection.run(`COPY (SELECT 'f' || (i % 3) AS "FileName" FROM range(3000) AS t(i)) TO '${file}'`);
      await kql.connection.run(`CREATE VIEW "Files" AS SELECT * FROM '${file}'`);
      const answer = await kql.answer('Files | extend bag = bag_pack(FileName, 1) | summarize make_bag(bag), count()', { schema });
      expect(answer).toMatchObject({ rows: [[{ f0: 1, f1: 1, f2: 1 }, 3000]] });
    } finally {
      kql.close();
    }
  });
});
