import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../src/engine/engine';
import type { Column } from '../../src/kql/schema';
import { loadRows } from '../../src/kusto/results/kept-rows';
import { createResultViews, type ResultViews } from '../../src/kusto/results/result-views';
import type { KeptRows, View } from '../../src/kusto/results/view';

const folder = mkdtempSync(join(tmpdir(), 'views-'));
const columns: readonly Column[] = [
  { name: 'Name', type: 'string' },
  { name: 'name', type: 'long' },
  { name: 'At', type: 'datetime' },
  { name: 'Took', type: 'timespan' },
  { name: 'Score', type: 'real' },
  { name: 'Price', type: 'decimal' },
  { name: 'Extra', type: 'dynamic' },
  { name: 'Ok', type: 'bool' },
];
const lines = [
  [
    'alpha "x"',
    '9223372036854775807',
    '0001-01-01T00:00:00.0000001Z',
    '1.02:03:04.0000005',
    'NaN',
    '"1.10"',
    '{"a":1.10,"b":[1e5]}',
    'true',
  ],
  ['', 'null', 'null', 'null', 'null', 'null', 'null', 'null'],
  ['Beta', '2', '9999-12-31T23:59:59.9999999Z', '-00:00:01', '0.1', '"12345678901234567890.123"', '"text"', 'false'],
  ['beta', '2', '2020-02-29T12:00:00.1234567Z', '00:00:00', '-Infinity', '"0.5"', '[]', 'true'],
];
const quotedTypes = new Set(['string', 'datetime', 'timespan']);
const line = (cells: readonly string[]): string =>
  `[${cells.map((cell, index) => (cell !== 'null' && (quotedTypes.has(columns[index]?.type ?? '') || cell.endsWith('N') || cell.endsWith('Infinity')) ? JSON.stringify(cell) : cell)).join(',')}]`;

let engine: Engine;
let views: ResultViews;
let rows: KeptRows;

beforeAll(async () => {
  engine = createEngine({ readable: [], writable: [folder] });
  views = createResultViews({ engine });
  const from = join(folder, 'rows.ndjson');
  const to = join(folder, 'rows.parquet');
  writeFileSync(from, lines.map(line).join('\n'));
  const loaded = await loadRows(engine, { from, to, columns });
  expect(loaded).toMatchObject({ rows: 4, misfits: {} });
  rows = { files: [to], columns };
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const names = async (view: Omit<View, 'rows'>): Promise<unknown[]> => {
  const page = await views.page({ rows, ...view }, { offset: 0, limit: 10 });
  return page.rows.map((text) => (JSON.parse(text) as unknown[])[0]);
};

test('writes every value in wire form, exactly as it came', async () => {
  const page = await views.page({ rows }, { offset: 0, limit: 3 });
  expect(page.rows).toEqual([
    '["alpha \\"x\\"","9223372036854775807","0001-01-01T00:00:00.0000001Z","1.02:03:04.0000005","NaN",1.10,{"a":1.10,"b":[1e5]},true]',
    '["",null,null,null,null,null,null,null]',
    '["Beta",2,"9999-12-31T23:59:59.9999999Z","-00:00:01",0.1,"12345678901234567890.123","text",false]',
  ]);
  expect(page.more).toBe(true);
});

test('sorts by several columns and keeps the order of equal rows', async () => {
  expect(await names({ sort: [{ column: 1, descending: false }] })).toEqual(['', 'Beta', 'beta', 'alpha "x"']);
  expect(await names({ sort: [{ column: 1, descending: true }] })).toEqual(['alpha "x"', 'Beta', 'beta', '']);
  expect(
    await names({
      sort: [
        { column: 1, descending: true },
        { column: 0, descending: true },
      ],
    }),
  ).toEqual(['alpha "x"', 'beta', 'Beta', '']);
});

test.each<[string, View['filters'], unknown[]]>([
  ['equals', [{ column: 0, test: 'equals', values: ['beta'] }], ['beta']],
  ['not equals, which nulls pass', [{ column: 1, test: 'not-equals', values: ['2'] }], ['alpha "x"', '']],
  ['equals beyond 2^53', [{ column: 1, test: 'equals', values: ['9223372036854775807'] }], ['alpha "x"']],
  ['equals to the tick', [{ column: 2, test: 'equals', values: ['2020-02-29T12:00:00.1234567Z'] }], ['beta']],
  ['contains, whatever the case', [{ column: 0, test: 'contains', text: 'BETA' }], ['Beta', 'beta']],
  ['contains in dynamic', [{ column: 6, test: 'contains', text: '1.10' }], ['alpha "x"']],
  ['a range of times', [{ column: 2, test: 'range', from: '2020-01-01', to: '2021-01-01' }], ['beta']],
  ['a range of timespans', [{ column: 3, test: 'range', to: '00:00:00' }], ['Beta', 'beta']],
  ['empty strings', [{ column: 0, test: 'empty' }], ['']],
  ['null dynamic', [{ column: 6, test: 'empty' }], ['']],
  [
    'not empty',
    [
      { column: 7, test: 'not-empty' },
      { column: 0, test: 'contains', text: 'a' },
    ],
    ['alpha "x"', 'Beta', 'beta'],
  ],
])('filters by %s', async (_name, filters, expected) => {
  expect(await names({ filters: filters ?? [] })).toEqual(expected);
  expect(await views.count({ rows, filters: filters ?? [] })).toBe(expected.length);
});

test('searches all columns for every word', async () => {
  expect(await names({ search: 'beta true' })).toEqual(['beta']);
  expect(await names({ search: '23:59:59.9999999' })).toEqual(['Beta']);
});

test('refuses a value that is none, and a column that is not there', async () => {
  await expect(views.count({ rows, filters: [{ column: 1, test: 'equals', values: ['x'] }] })).rejects.toMatchObject({
    code: 'not-a-value',
    column: 1,
  });
  await expect(views.page({ rows, sort: [{ column: 99, descending: true }] }, { offset: 0, limit: 1 })).rejects.toMatchObject({
    code: 'no-such-column',
  });
});

test('counts the values of a column, most frequent first', async () => {
  expect(await views.facet({ rows }, { column: 1, limit: 1 })).toEqual({
    rows: 4,
    empty: 1,
    distinct: 2,
    values: [{ value: '2', rows: 2 }],
  });
  const times = await views.facet({ rows }, { column: 2, limit: 9 });
  expect(times.values.map(({ value }) => value)).toEqual([
    '0001-01-01T00:00:00.0000001Z',
    '2020-02-29T12:00:00.1234567Z',
    '9999-12-31T23:59:59.9999999Z',
  ]);
  for (const { value } of times.values) expect(await views.count({ rows, filters: [{ column: 2, test: 'in', values: [value] }] })).toBe(1);
  expect((await views.facet({ rows }, { column: 6, limit: 9 })).values.map(({ value }) => value)).toEqual([
    'text',
    '[]',
    '{"a":1.10,"b":[1e5]}',
  ]);
  expect(await views.facet({ rows, search: 'nothing' }, { column: 0, limit: 9 })).toEqual({ rows: 0, empty: 0, distinct: 0, values: [] });
});

test('profiles every column', async () => {
  const { rows: count, columns: found } = await views.profile({ rows });
  expect(count).toBe(4);
  expect(found[0]).toEqual({ column: 0, empty: 1, distinct: 4, constant: false, least: '', greatest: 'beta' });
  expect(found[1]).toMatchObject({ empty: 1, least: '2', greatest: '9223372036854775807' });
  expect(found[7]).toMatchObject({ empty: 1, constant: false });
  const one = await views.profile({ rows, filters: [{ column: 0, test: 'equals', values: [''] }] });
  expect(one.columns.every(({ constant }) => constant)).toBe(true);
});

test('counts rows over time in steps that people count in', async () => {
  const view: View = { rows, filters: [{ column: 2, test: 'range', from: '2020-01-01', to: '2020-12-31' }] };
  const { stepMs, bars, empty } = await views.histogram(view, { column: 2, bars: 20 });
  expect({ stepMs, bars, empty }).toEqual({ stepMs: 1000, bars: [{ from: '2020-02-29T12:00:00.000Z', rows: 1 }], empty: 0 });
  const all = await views.histogram({ rows }, { column: 2, bars: 20 });
  expect(all.empty).toBe(1);
  expect(all.bars.reduce((sum, bar) => sum + bar.rows, 0)).toBe(3);
  expect(all.bars.length).toBeLessThanOrEqual(22);
  await expect(views.histogram({ rows }, { column: 0, bars: 5 })).rejects.toMatchObject({ code: 'not-a-value' });
});

test('takes nothing among the values of a filter as the empty value of every type', async () => {
  for (const column of [1, 2, 3, 4, 5, 6, 7]) {
    expect(await names({ filters: [{ column, test: 'in', values: [''] }] })).toEqual(['']);
    expect(await names({ filters: [{ column, test: 'not-in', values: [''] }] })).toEqual(['alpha "x"', 'Beta', 'beta']);
  }
  expect(await names({ filters: [{ column: 1, test: 'in', values: ['', '2'] }] })).toEqual(['', 'Beta', 'beta']);
  expect(await names({ filters: [{ column: 1, test: 'not-in', values: ['', '2'] }] })).toEqual(['alpha "x"']);
});
