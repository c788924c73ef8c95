import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKqlInProcess } from '../../support/kql/kql-in-process';
import type { Trap } from './trap';

const files = readdirSync(__dirname).filter((name) => name.endsWith('.trap.ts'));
// eslint-disable-next-line @typescript-eslint/no-require-imports -- one process for all traps: loading the language takes a second
const traps = files.map((file) => ({ file, trap: (require(join(__dirname, file)) as { trap: Trap }).trap }));

describe('traps of the translation', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
  });
  afterAll(() => kql.close());

  it.each(traps)('$file holds', async ({ trap }) => {
    for (const statement of trap.tables?.sql ?? []) await kql.connection.run(statement);
    const answer = await kql.answer(trap.query, trap.tables && { schema: trap.tables.schema });
    if ('diagnostics' in answer) throw new Error(JSON.stringify(answer.diagnostics));
    if (trap.columns) expect(answer.columns.map((column) => column.name)).toEqual(trap.columns);
    expect(answer.rows).toEqual(trap.rows);
  });

  it('has one file for each rule of docs/translation.md, and no other', () => {
    const documented = [...readFileSync(join(__dirname, '../../../docs/translation.md'), 'utf8').matchAll(/^### (R-\d+) /gm)].map(
      (match) => match[1],
    );
    expect([...new Set(traps.map(({ trap }) => trap.rule))].sort()).toEqual([...documented].sort());
  });
});
