import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluginTable } from '../../../src/kql/operators/evaluate';
import { operatorTable } from '../../../src/kql/operators/operator-table';
import { createKqlInProcess } from '../../support/kql/kql-in-process';

/** golden/<operator>/<case>/: rows are argued by hand; the SQL is recorded (UPDATE_GOLDEN=1) and read by eye when it changes. */
const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
const cases = folders(__dirname).flatMap((operator) => folders(join(__dirname, operator)).map((name) => `${operator}/${name}`));

const cell = (value: unknown): string => {
  if (value === null) return 'null';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

describe('golden examples', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
  });
  afterAll(() => kql.close());

  it.each(cases)('%s', async (name) => {
    const folder = join(__dirname, name);
    const answer = await kql.answer(readFileSync(join(folder, 'query.kql'), 'utf8'));
    if ('diagnostics' in answer) throw new Error(JSON.stringify(answer.diagnostics));
    const rows = [answer.columns.map((column) => column.name), ...answer.rows].map((row) => row.map(cell).join(','));
    expect(`${rows.join('\n')}\n`).toBe(readFileSync(join(folder, 'expected.csv'), 'utf8'));
    const recorded = join(folder, 'expected.sql');
    if (process.env['UPDATE_GOLDEN'] || !existsSync(recorded)) writeFileSync(recorded, `${answer.sql}\n`);
    expect(`${answer.sql}\n`).toBe(readFileSync(recorded, 'utf8'));
  });

  it('holds an example of every operator and of every plugin that is answered', () => {
    const shown = new Set(cases.flatMap((name) => name.split('/')));
    const operators = Object.values(operatorTable).filter((row) => row.name !== 'evaluate');
    const plugins = [...pluginTable.values()].filter((row) => row.support.state !== 'refused');
    const names = [...operators, ...plugins].map((row) => row.name.replaceAll('_', '-'));
    expect(names.filter((wanted) => !shown.has(wanted))).toEqual([]);
  });
});
