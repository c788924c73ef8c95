import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column } from '../../src/kql/schema';
import { loadRows } from '../../src/kusto/results/kept-rows';
import { createResultExports } from '../../src/kusto/results/result-exports';
import { createResultViews, type ResultViews } from '../../src/kusto/results/result-views';
import type { KeptRows, View } from '../../src/kusto/results/view';
import { temporaryEngine } from '../engine/temporary-engine';

const { engine, folder } = temporaryEngine();
afterAll(engine.stop);
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

let views: ResultViews;
let rows: KeptRows;
/** 250 rows in three files: one text everywhere, their number, whether it is odd, nothing. */
let several: KeptRows;

const severalFiles = async (): Promise<KeptRows> => {
  const shape: readonly Column[] = [
    { name: 'Same', type: 'string' },
    { name: 'Number', type: 'long' },
    { name: 'Odd', type: 'int' },
    { name: 'Nothing', type: 'guid' },
  ];
  const counts = [100, 1, 149];
  const files: string[] = [];
  let next = 0;
  for (const [index, count] of counts.entries()) {
    const from = join(folder, `part-${index}.ndjson`);
    const part = Array.from({ length: count }, () => JSON.stringify(['same', next, next++ % 2, null]));
    writeFileSync(from, part.join('\n'));
    files.push(join(folder, `part-${index}.parquet`));
    await loadRows(engine, { from, to: files[index]!, columns: shape });
  }
  return { files, columns: shape, counts, whole: true };
};

beforeAll(async () => {
  views = createResultViews({ engine });
  const from = join(folder, 'rows.ndjson');
  const to = join(folder, 'rows.parquet');
  writeFileSync(from, lines.map(line).join('\n'));
  const loaded = await loadRows(engine, { from, to, columns });
  expect(loaded).toMatchObject({ rows: 4, misfits: {} });
  rows = { files: [to], columns };
  several = await severalFiles();
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
  ['contains in times, to the last digit', [{ column: 2, test: 'contains', text: '.1234567z' }], ['beta']],
  ['contains in timespans', [{ column: 3, test: 'contains', text: '-00:00' }], ['Beta']],
  ['contains in times, of which a null has no text', [{ column: 2, test: 'contains', text: 'u' }], []],
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
    '"text"',
    '[]',
    '{"a":1.10,"b":[1e5]}',
  ]);
  expect(await views.facet({ rows, search: 'nothing' }, { column: 0, limit: 9 })).toEqual({ rows: 0, empty: 0, distinct: 0, values: [] });
});

test('tells the columns that hold one value everywhere', async () => {
  expect(await views.constants(rows)).toEqual(columns.map(() => false));
  expect(await views.constants(several)).toEqual([true, false, false, true]);
  expect(await views.constants({ ...rows, files: [] })).toEqual(columns.map(() => true));
});

describe('a result of several files', () => {
  const all = Array.from({ length: 250 }, (_, index) => index);
  const numbers = async (view: Omit<View, 'rows'>, bounds: { offset: number; limit: number }): Promise<unknown[]> =>
    (await views.page({ rows: several, ...view }, { ...bounds, columns: [1] })).rows.map((text) => (JSON.parse(text) as unknown[])[0]);

  test.each([
    [0, 3],
    [98, 5],
    [150, 100],
    [249, 10],
    [250, 10],
    [9_999, 10],
  ])('gives rows %i and the next %i, whichever files they lie in', async (offset, limit) => {
    expect(await numbers({}, { offset, limit })).toEqual(all.slice(offset, offset + limit));
    const { counts: _counts, ...uncounted } = several;
    const page = await views.page({ rows: uncounted }, { offset, limit, columns: [1] });
    expect(page).toEqual({ rows: all.slice(offset, offset + limit).map((number) => `[${number}]`), more: offset + limit < 250 });
  });

  test('sorts and filters over all of them, a page at any depth', async () => {
    const odd = [{ column: 2, test: 'in', values: ['1'] } as const];
    const down = [{ column: 1, descending: true }];
    expect(await numbers({ sort: down }, { offset: 120, limit: 4 })).toEqual([129, 128, 127, 126]);
    expect(await numbers({ filters: odd, sort: down }, { offset: 1, limit: 2 })).toEqual([247, 245]);
    expect(await numbers({ filters: odd }, { offset: 100, limit: 100 })).toEqual(all.filter((number) => number % 2 === 1).slice(100));
    expect(await views.count({ rows: several, filters: odd })).toBe(125);
    expect(await views.count({ rows: several })).toBe(250);
  });

  test.each([
    ['a number, downwards', [{ column: 1, descending: true }]],
    [
      'few values and a number',
      [
        { column: 2, descending: false },
        { column: 1, descending: true },
      ],
    ],
    [
      'nothing but nulls, then a number',
      [
        { column: 3, descending: true },
        { column: 1, descending: true },
      ],
    ],
    ['one text everywhere', [{ column: 0, descending: false }]],
  ])('finds pages deep inside it, sorted by %s, as sorting all of it does', async (_name, sort) => {
    const deep = createResultViews({ engine, deepFrom: 1 });
    const whole = createResultViews({ engine });
    for (const offset of [1, 37, 125, 240, 249, 250]) {
      const bounds = { offset, limit: 20, columns: [1] };
      expect(await deep.page({ rows: several, sort }, bounds)).toEqual(await whole.page({ rows: several, sort }, bounds));
    }
  });

  test('holds the columns asked for, in the order asked for', async () => {
    const page = await views.page({ rows: several }, { offset: 101, limit: 1, columns: [2, 0] });
    expect(page.rows).toEqual(['[1,"same"]']);
    expect((await views.page({ rows: several, search: '101' }, { offset: 0, limit: 1, columns: [] })).rows).toEqual(['[]']);
  });

  test('asks once for the rows around a page', async () => {
    const questions: unknown[] = [];
    const remembering = createResultViews({
      engine,
      once: (_rows, { question }, ask) => {
        questions.push(question);
        return ask(undefined);
      },
    });
    const view: View = { rows: several, search: '7' };
    await remembering.page(view, { offset: 0, limit: 10 });
    await remembering.page(view, { offset: 10, limit: 10 });
    await remembering.count(view, { offset: 20, limit: 10 });
    expect(new Set(questions.map((question) => JSON.stringify(question))).size).toBe(1);
  });
});

test.each([
  [['__proto__', 'constructor', 'escapeFn', 'view', 'toString']],
  [['', 'a', '#2']],
  [['a', 'A', 'a#2']],
  [['x\0y', 'a"b', "c'd", 'e\nf']],
  [['position', 'kept', 'file_index', 'File_Row_Number', 'filename', 'c0']],
])('keeps and shows columns called %j', async (found) => {
  const shape = found.map((name): Column => ({ name, type: 'string' }));
  const from = join(folder, 'names.ndjson');
  const to = join(folder, 'names.parquet');
  writeFileSync(from, [1, 2, 3].map((row) => JSON.stringify(found.map((_, column) => `v${row}${column}`))).join('\n'));
  await loadRows(engine, { from, to, columns: shape });
  const page = await views.page(
    { rows: { files: [to], columns: shape }, search: 'v2', sort: [{ column: 0, descending: true }] },
    { offset: 0, limit: 9 },
  );
  expect(page.rows).toEqual([JSON.stringify(found.map((_, column) => `v2${column}`))]);
  const exported = await createResultExports({ engine }).parquet(
    { rows: { files: [to], columns: shape } },
    join(folder, 'names-out.parquet'),
  );
  expect(exported.rows).toBe(3);
});

describe('rows for a picture', () => {
  const ask = { x: 1, series: [0], y: [2], limit: 100, mostSeries: 20, more: 'join' } as const;

  test('are the rows themselves while they are few', async () => {
    const view: View = { rows: several, filters: [{ column: 1, test: 'range', to: '1' }] };
    expect(await views.chart(view, ask)).toEqual({ rows: ['[0,"same",0]', '[1,"same",1]'], joined: null, cut: false, seriesInAll: null });
  });

  test('are the greatest value of each step along the axis where they are many', async () => {
    const { rows: points, joined, cut } = await views.chart({ rows: several }, { ...ask, limit: 240 });
    expect(cut).toBe(true);
    expect(joined).toEqual({ kind: 'peaks', step: 249 / 480 });
    expect(points.slice(0, 2)).toEqual(['[0,"same",0.0]', '[1,"same",1.0]']);
  });

  test('are added up by name where the axis has names', async () => {
    const sums = await views.chart({ rows: several }, { x: 2, series: [], y: [1], limit: 100, mostSeries: 20, more: 'add' });
    const even = all.filter((number) => number % 2 === 0).reduce((sum, number) => sum + number, 0);
    expect(sums).toMatchObject({ joined: { kind: 'sums' }, cut: false });
    expect(sums.rows.map((text) => JSON.parse(text) as unknown)).toEqual([
      [0, even],
      [1, 31_125 - even],
    ]);
  });

  test('are those of the largest series, and tell how many there are', async () => {
    const few = await views.chart({ rows: several }, { x: 1, series: [2], y: [1], limit: 100, mostSeries: 1, more: 'join' });
    expect(few.seriesInAll).toBe(2);
    expect(new Set(few.rows.map((text) => (JSON.parse(text) as unknown[])[1]))).toEqual(new Set([1]));
  });

  const all = Array.from({ length: 250 }, (_, index) => index);
});

test('takes nothing among the values of a filter as the empty value of every type', async () => {
  for (const column of [1, 2, 3, 4, 5, 6, 7]) {
    expect(await names({ filters: [{ column, test: 'in', values: [''] }] })).toEqual(['']);
    expect(await names({ filters: [{ column, test: 'not-in', values: [''] }] })).toEqual(['alpha "x"', 'Beta', 'beta']);
  }
  expect(await names({ filters: [{ column: 1, test: 'in', values: ['', '2'] }] })).toEqual(['', 'Beta', 'beta']);
  expect(await names({ filters: [{ column: 1, test: 'not-in', values: ['', '2'] }] })).toEqual(['alpha "x"']);
});
