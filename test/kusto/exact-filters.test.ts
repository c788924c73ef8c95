import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column } from '../../src/kql/schema';
import { loadRows } from '../../src/kusto/results/kept-rows';
import { createResultViews } from '../../src/kusto/results/result-views';
import type { KeptRows } from '../../src/kusto/results/view';
import { temporaryEngine } from '../engine/temporary-engine';

const { engine, folder } = temporaryEngine();
const views = createResultViews({ engine });
const columns: readonly Column[] = [
  { name: 'Price', type: 'decimal' },
  { name: 'Bag', type: 'dynamic' },
];
/** Decimals that are one number to a double, and dynamic values that look alike without their quotes. */
const lines = [
  ['1234567890123456.789012345678901234', '"5"'],
  ['1234567890123456.789012345678901235', '5'],
  ['1.10', '"text"'],
  ['1.1', '"null"'],
  ['110e-2', '["text"]'],
];
let rows: KeptRows;

beforeAll(async () => {
  const [from, to] = [join(folder, 'rows.ndjson'), join(folder, 'rows.parquet')];
  writeFileSync(from, lines.map((cells) => `[${cells.join(',')}]`).join('\n'));
  await loadRows(engine, { from, to, columns });
  rows = { files: [to], columns, counts: [lines.length], whole: true };
});
afterAll(engine.stop);

const countOf = (column: number, value: string, test: 'in' | 'not-in' = 'in'): Promise<number> =>
  views.count({ rows, filters: [{ column, test, values: [value] }] });

it.each([
  ['1234567890123456.789012345678901234', 1],
  ['1234567890123456.789012345678901235', 1],
  ['1.1', 3],
  ['1.100', 3],
  ['2', 0],
])('a decimal is %s to its last digit, however it is written: %i', async (value, expected) => {
  expect(await countOf(0, value)).toBe(expected);
  expect(await countOf(0, value, 'not-in')).toBe(lines.length - expected);
});

it('every value of a dynamic column is found by what its facet says of it', async () => {
  const { values } = await views.facet({ rows }, { column: 1, limit: 9 });
  expect(values.map(({ value }) => value).sort()).toEqual(['"5"', '"null"', '"text"', '5', '["text"]']);
  for (const { value } of values) expect([value, await countOf(1, value)]).toEqual([value, 1]);
});

it('a text that is no JSON is meant as the string', async () => {
  expect(await countOf(1, 'text')).toBe(1);
});
