import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column } from '../../src/kql/schema';
import { loadRows } from '../../src/kusto/results/kept-rows';
import { createResultExports } from '../../src/kusto/results/result-exports';
import type { KeptRows } from '../../src/kusto/results/view';
import { collect, temporaryEngine } from '../engine/temporary-engine';

const { engine, folder } = temporaryEngine();
const exporter = createResultExports({ engine });
const columns: readonly Column[] = [
  { name: '=Name', type: 'string' },
  { name: 'At', type: 'datetime' },
  { name: 'at', type: 'long' },
  { name: 'Extra, or not', type: 'dynamic' },
  { name: 'Took', type: 'timespan' },
];
let rows: KeptRows;

beforeAll(async () => {
  const from = join(folder, 'rows.ndjson');
  const lines = [
    ['=1+1', '2020-01-01T00:00:00.1234567Z', '9223372036854775807', { b: 1, a: 'x,"y"' }, '00:00:01'],
    ['two\nlines, "quoted"', '2020-01-01T00:00:00Z', -5, null, '-1.00:00:00.5'],
    ['', null, null, ['-1'], null],
    [' blank ', '2020-01-02', 0, '-text', '00:00:00'],
  ];
  writeFileSync(from, lines.map((line) => JSON.stringify(line)).join('\n'));
  const to = join(folder, 'rows.parquet');
  await loadRows(engine, { from, to, columns });
  rows = { files: [to], columns };
});
afterAll(engine.stop);

const whole = async (pieces: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
};

test('writes CSV that a spreadsheet reads and does not run', async () => {
  expect(await whole(exporter.csv({ rows }, { safe: true }))).toBe(
    [
      `'=Name,At,at,"Extra, or not",Took`,
      `'=1+1,2020-01-01T00:00:00.1234567Z,9223372036854775807,"{""b"":1,""a"":""x,\\""y\\""""}",00:00:01`,
      `"two\nlines, ""quoted""",2020-01-01T00:00:00.0000000Z,-5,,-1.00:00:00.5000000`,
      `,,,"[""-1""]",`,
      `" blank ",2020-01-02T00:00:00.0000000Z,0,"""-text""",00:00:00`,
      '',
    ].join('\r\n'),
  );
});

test('writes CSV as it is, on request', async () => {
  expect((await whole(exporter.csv({ rows }, { safe: false }))).split('\r\n').slice(0, 2)).toEqual([
    `=Name,At,at,"Extra, or not",Took`,
    expect.stringMatching(/^=1\+1,/),
  ]);
});

test('writes NDJSON with the members in column order', async () => {
  const lines = (await whole(exporter.ndjson({ rows }))).trimEnd().split('\n');
  expect(lines[0]).toBe(
    `{"=Name":"=1+1","At":"2020-01-01T00:00:00.1234567Z","at":"9223372036854775807","Extra, or not":{"b":1,"a":"x,\\"y\\""},"Took":"00:00:01"}`,
  );
  expect(lines.map((line) => (JSON.parse(line) as Record<string, unknown>)['=Name'])).toEqual([
    '=1+1',
    'two\nlines, "quoted"',
    '',
    ' blank ',
  ]);
});

test('exports a view: its filters and its order', async () => {
  const view = { rows, filters: [{ column: 2, test: 'not-empty' }], sort: [{ column: 2, descending: false }] } as const;
  const found = await collect(exporter.rows(view));
  expect(found.map((text) => (JSON.parse(text) as unknown[])[2])).toEqual([-5, 0, '9223372036854775807']);
});

test('writes Parquet with real timestamps, and their exact text where they are finer', async () => {
  const to = join(folder, 'export.parquet');
  expect(await exporter.parquet({ rows }, to)).toMatchObject({ rows: 4 });
  const relation = { name: 'T', files: [to], columns: [] };
  const described = await collect(
    engine.rows({ relations: [relation], sql: `SELECT column_name || ' ' || column_type FROM (DESCRIBE "T")` }),
  );
  expect(described).toEqual(['=Name VARCHAR', 'At TIMESTAMP', 'At (exact) VARCHAR', 'at#2 BIGINT', 'Extra, or not JSON', 'Took VARCHAR']);
  const [first] = await collect(engine.rows({ relations: [relation], sql: `SELECT "At" || '|' || "At (exact)" FROM "T"` }));
  expect(first).toBe('2020-01-01 00:00:00.123456|2020-01-01T00:00:00.1234567Z');
});
