import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createAskIndex } from '../../src/kusto/results/indexed/ask-index';
import { createResultIndex, type ResultIndex } from '../../src/kusto/results/indexed/result-index';
import type { ChartAsk, ChartRows } from '../../src/kusto/results/chart-rows';
import { createResultViews, type ResultViews } from '../../src/kusto/results/result-views';
import type { Filter, KeptRows, View } from '../../src/kusto/results/view';
import { temporaryEngine } from '../engine/temporary-engine';
import { awkward, awkwardResult, columns } from './an-awkward-result';
import { fc } from '../support/properties';

const place = temporaryEngine();
const { engine, folder } = place;
const events: string[] = [];
let rows: KeptRows;
let index: ResultIndex | undefined;
/** The same views of the same rows, asked of the files and of the index. */
let plain: ResultViews;
let indexed: ResultViews;
/** Questions that the index answered. */
let told = 0;

const indexOf = (report: (event: string) => void = () => undefined, freeBytes?: () => Promise<number>) =>
  createResultIndex({ engine, leastRows: 1, restMs: 0, leastFreeBytes: 0, ...(freeBytes ? { freeBytes } : {}), report });

const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
};

const counting: Pick<typeof engine, 'look'> = {
  look: (request) => {
    told += 1;
    return engine.look(request);
  },
};

beforeAll(async () => {
  rows = await awkwardResult(engine, folder, [30_000, 1, 40_001]);
  index = indexOf((event) => events.push(event));
  plain = createResultViews({ engine });
  indexed = createResultViews({ engine, indexed: createAskIndex({ engine: counting, index }) });
  expect(index.of(rows)).toBeUndefined();
  await until(() => events.length > 0);
});
afterAll(async () => {
  await index?.stop();
  await engine.stop();
});

const at = (name: string): number => columns.findIndex((column) => column.name === name);

/** A value of a column as a link writes it; times and numbers have one form, the rest is as it stands. */
const valueOf = (position: number): fc.Arbitrary<string> => {
  const { values = ['powershell.exe 1 -enc run 77', 'run'] } = awkward[columns[position]!.name] ?? {};
  const texts = values.filter((value) => value !== null).map((value) => String(value).replace(/^"(.*)"$/, '$1'));
  return fc.constantFrom(
    ...(texts.length > 0 ? texts : ['00000000-0000-0000-0000-000000000000']),
    ...(columns[position]!.name === 'Unique' ? ['300', '3'] : []),
  );
};
const numbers = new Set(['Unique']);
const needles = fc.constantFrom(
  '',
  'a',
  'E',
  'null',
  'STRASSE',
  'straße',
  'é',
  'É',
  '😀',
  'i̇',
  'İ',
  '1',
  '.10',
  '-',
  'z',
  'run 7',
  'mimikatz',
  'POWERSHELL',
  'exe 2 ä',
  'nowhere at all',
  '\n',
  '2024-02',
  '"',
  'tru',
  'x',
  '10675199',
);
const column = fc.nat(columns.length - 1);

const filter: fc.Arbitrary<Filter> = column.chain((position): fc.Arbitrary<Filter> => {
  const value = numbers.has(columns[position]!.name) ? fc.constantFrom('3', '300', '4', '209999') : valueOf(position);
  return fc.oneof(
    fc.record({
      column: fc.constant(position),
      test: fc.constantFrom('in', 'not-in', 'equals', 'not-equals'),
      values: fc.array(fc.oneof(value, fc.constant('')), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Filter>,
    fc.record({
      column: fc.constant(position),
      test: fc.constantFrom('contains', 'not-contains', 'starts-with'),
      text: needles,
    }) as fc.Arbitrary<Filter>,
    fc.record({ column: fc.constant(position), test: fc.constant('range'), from: value }) as fc.Arbitrary<Filter>,
    fc.record({ column: fc.constant(position), test: fc.constant('range'), from: value, to: value }) as fc.Arbitrary<Filter>,
    fc.record({ column: fc.constant(position), test: fc.constantFrom('empty', 'not-empty') }) as fc.Arbitrary<Filter>,
  );
});

const view: fc.Arbitrary<Omit<View, 'rows'>> = fc.record({
  filters: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(filter, { maxLength: 2 }) }),
  search: fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: fc.array(needles, { maxLength: 2 }).map((words) => words.join(' ')) },
  ),
  sort: fc.array(fc.record({ column, descending: fc.boolean() }), { maxLength: 3 }),
});

test('answers every view as the rows themselves do: rows, order, counts, values', async () => {
  const before = told;
  await fc.assert(
    fc.asyncProperty(view, fc.nat(1_000), column, async (chosen, far, position) => {
      const asked: View = { rows, ...chosen };
      const count = await plain.count(asked);
      expect(await indexed.count(asked)).toBe(count);
      const bounds = { offset: Math.floor((count * far) / 1_000), limit: 7 };
      expect(await indexed.page(asked, bounds)).toEqual(await plain.page(asked, bounds));
      const facet = { column: position, limit: 5 };
      expect(await indexed.facet(asked, facet)).toEqual(await plain.facet(asked, facet));
    }),
    { numRuns: 20, examples: [[{ filters: [], search: '', sort: [{ column: at('Unique'), descending: true }] }, 999, at('Long')]] },
  );
  expect(told).toBeGreaterThan(before + 20);
});

const drawn = ({ rows: texts, ...rest }: ChartRows): unknown => ({ ...rest, rows: texts.map((text) => JSON.parse(text) as unknown) });

test.each<[string, Omit<View, 'rows'>, Partial<ChartAsk>]>([
  ['many rows along numbers', {}, { x: at('Unique'), series: [at('Text')], y: [at('Small'), at('Score'), at('Took')] }],
  ['many rows along times', {}, { x: at('At'), series: [], y: [at('Number')] }],
  ['names', {}, { x: at('Text'), series: [at('Flag'), at('Id')], y: [at('Small')], more: 'add' }],
  ['sums beyond a double', {}, { x: at('Text'), series: [], y: [at('Number')], more: 'add' }],
  ['no series', { filters: [{ column: at('Flag'), test: 'in', values: ['true'] }] }, { x: at('Unique'), series: [], y: [at('Unique')] }],
  [
    'few rows',
    { search: 'mimikatz 77', sort: [{ column: at('Long'), descending: true }] },
    { x: at('At'), series: [at('Flag')], y: [at('Small')] },
  ],
  ['no row', { search: 'nowhere' }, { x: at('At'), series: [], y: [at('Small')] }],
  ['an axis without width', {}, { x: at('Nothing'), series: [], y: [at('Small')], more: 'add' }],
])('draws %s as the rows themselves do', async (_name, chosen, change) => {
  const ask: ChartAsk = { x: 0, series: [], y: [], limit: 2_000, mostSeries: 4, more: 'join', ...change };
  expect(drawn(await indexed.chart({ rows, ...chosen }, ask))).toEqual(drawn(await plain.chart({ rows, ...chosen }, ask)));
});

test('refuses what the rows refuse', async () => {
  const bad: View = { rows, filters: [{ column: at('Number'), test: 'equals', values: ['x'] }] };
  await expect(indexed.count(bad)).rejects.toMatchObject({ code: 'not-a-value' });
  await expect(indexed.page({ rows, sort: [{ column: 99, descending: true }] }, { offset: 0, limit: 1 })).rejects.toMatchObject({
    code: 'no-such-column',
  });
});

describe('an index', () => {
  const few = async (name: string): Promise<KeptRows> => {
    mkdirSync(join(folder, name));
    return awkwardResult(engine, join(folder, name), [50]);
  };
  const namesIn = (kept: KeptRows): string[] => readdirSync(dirname(kept.files[0]!)).filter((name) => name.startsWith('index-'));
  const search: Omit<View, 'rows'> = { search: 'mimikatz' };

  test('is made once somebody looks, appears whole, and is found again by the next process', async () => {
    const kept = await few('made');
    const own = indexOf();
    expect(own.of(kept)).toBeUndefined();
    await until(() => own.of(kept) !== undefined);
    expect(namesIn(kept)).toHaveLength(1);
    expect(indexOf().of(kept)).toEqual(own.of(kept));
  });

  test('is not asked when its rows were loaded again, and then makes room for another', async () => {
    const kept = await few('again');
    const own = indexOf();
    own.of(kept);
    await until(() => own.of(kept) !== undefined);
    const [old] = namesIn(kept);
    await awkwardResult(engine, dirname(kept.files[0]!), [49]);
    const other = { ...kept, counts: [49] };
    expect(own.of(other)).toBeUndefined();
    await until(() => own.of(other) !== undefined);
    await until(() => namesIn(kept).length === 1);
    expect(namesIn(kept)).not.toContain(old);
  });

  test('that is broken is not believed: the rows answer', async () => {
    const kept = await few('broken');
    const own = indexOf();
    own.of(kept);
    await until(() => own.of(kept) !== undefined);
    const { folder: home } = own.of(kept)!;
    for (const name of readdirSync(home).filter((each) => /codes|texts/.test(each))) truncateSync(join(home, name), 1);
    const views = createResultViews({ engine, indexed: createAskIndex({ engine, index: own }) });
    expect(await views.page({ rows: kept, ...search }, { offset: 0, limit: 9 })).toEqual(
      await plain.page({ rows: kept, ...search }, { offset: 0, limit: 9 }),
    );
    expect(own.of(kept)).toBeUndefined();
  });

  test('is not made on a disk without room, nor of rows that are gone, and leaves nothing half made', async () => {
    const kept = await few('full');
    const heard: string[] = [];
    const own = indexOf(
      (event) => heard.push(event),
      async () => 10,
    );
    own.of(kept);
    await until(() => heard.length > 0);
    expect(heard).toEqual(['index-not-built']);
    expect(namesIn(kept)).toEqual([]);
    const other = indexOf((event) => heard.push(event));
    other.of(kept);
    renameSync(kept.files[0]!, `${kept.files[0]!}.gone`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await other.stop();
    expect(namesIn(kept)).toEqual([]);
  });

  test('that was being made when Quarry stopped leaves nothing', async () => {
    const kept = await few('stopped');
    const own = indexOf();
    own.of(kept);
    await until(() => namesIn(kept).length > 0);
    await own.stop();
    const left = namesIn(kept).filter((name) => name.endsWith('.part'));
    expect(left).toEqual([]);
  });

  test('goes with its rows, also while it is being made', async () => {
    const kept = await few('deleted');
    const home = dirname(kept.files[0]!);
    const heard: string[] = [];
    const own = indexOf((event) => heard.push(event));
    own.of(kept);
    await until(() => namesIn(kept).length > 0);
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    await own.stop();
    expect(existsSync(home)).toBe(false);
    expect(heard.filter((event) => event === 'index-not-built')).toEqual([]);
  });

  test('without its cover is none', async () => {
    const kept = await few('coverless');
    const own = indexOf();
    own.of(kept);
    await until(() => own.of(kept) !== undefined);
    const { folder: home } = own.of(kept)!;
    rmSync(join(home, 'index.json'));
    writeFileSync(join(home, '0.codes'), '');
    expect(existsSync(home)).toBe(true);
    expect(indexOf().of(kept)).toBeUndefined();
  });
});
