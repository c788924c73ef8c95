import { buffer } from 'node:stream/consumers';
import { load } from 'cheerio';
import { columnLetters } from '../../../../src/features/hunting/workbook/parts';
import { workbookStream } from '../../../../src/features/hunting/workbook/workbook';
import type { Column } from '../../../../src/kql/schema';
import { unzip } from '../../../support/unzip';

const columns: Column[] = [
  { name: 'Text', type: 'string' },
  { name: 'Long', type: 'long' },
  { name: 'Real', type: 'real' },
  { name: 'Time', type: 'datetime' },
  { name: 'Bag', type: 'dynamic' },
  { name: 'Flag', type: 'bool' },
];

async function* batches(rows: readonly (readonly unknown[])[]) {
  yield rows.map((row) => JSON.stringify(row));
}

const sheets = async (rows: readonly (readonly unknown[])[], facts: [string, string][] = []) => {
  const files = await unzip(await buffer(workbookStream({ columns, rows: batches(rows), facts })));
  const read = (path: string) => {
    const $ = load(files.get(path) ?? '', { xml: true });
    return $('row')
      .toArray()
      .map((row) =>
        $('c', row)
          .toArray()
          .map((cell) => ({ type: $(cell).attr('t') ?? 'n', text: $(cell).text() })),
      );
  };
  return { files, results: read('xl/worksheets/sheet1.xml'), ledger: read('xl/worksheets/sheet2.xml') };
};

describe('a workbook', () => {
  it('keeps every value exact: numbers a double holds as numbers, the rest as their text', async () => {
    const { results } = await sheets([['=1+1', 42, 1.5, '2026-01-02T03:04:05.1234567Z', { a: [1, null] }, true]]);
    expect(results[1]).toEqual([
      { type: 'inlineStr', text: '=1+1' },
      { type: 'n', text: '42' },
      { type: 'n', text: '1.5' },
      { type: 'inlineStr', text: '2026-01-02T03:04:05.1234567Z' },
      { type: 'inlineStr', text: '{"a":[1,null]}' },
      { type: 'b', text: '1' },
    ]);
    const { results: wide } = await sheets([['', '9223372036854775807', 'NaN', null, null, null]]);
    expect(wide[1]?.map(({ type, text }) => [type, text])).toEqual([
      ['inlineStr', ''],
      ['inlineStr', '9223372036854775807'],
      ['inlineStr', 'NaN'],
      ['n', ''],
      ['n', ''],
      ['n', ''],
    ]);
  });

  it('says of every row and cell where it stands', async () => {
    const { files } = await sheets([['a', null, 1, null, null, true]]);
    const $ = load(files.get('xl/worksheets/sheet1.xml') ?? '', { xml: true });
    const places = $('row, c')
      .toArray()
      .map((node) => $(node).attr('r'));
    expect(places).toEqual(['1', 'A1', 'B1', 'C1', 'D1', 'E1', 'F1', '2', 'A2', 'B2', 'C2', 'D2', 'E2', 'F2']);
    expect([25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(['Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  });

  it('carries characters that XML cannot hold, and never turns text into markup', async () => {
    const { files, results } = await sheets([['</t><f>cmd()</f>\u0000\u000b_x000B_ \ud800 😀', 1, 1, null, null, null]]);
    expect(results[1]?.[0]?.text).toBe('</t><f>cmd()</f>_x0000__x000B__x005F_x000B_ _xD800_ 😀');
    expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  it('says on the ledger sheet which limits were met', async () => {
    const { results, ledger } = await sheets([['x'.repeat(40_000), 1, 1, null, null, null]], [['Verdict', 'partial']]);
    expect(results[1]?.[0]?.text).toHaveLength(32_767);
    expect(ledger.map(([name, value]) => [name?.text, value?.text])).toEqual([
      ['Fact', 'Value'],
      ['Verdict', 'partial'],
      ['Rows in this workbook', '1'],
      ['Cut cells', '1 texts are longer than a cell may be and end after 32,767 characters.'],
    ]);
  });

  it('ends in an error, not in a shorter file, when its rows fail half-way', async () => {
    async function* failing() {
      yield ['["a",1,1,null,null,null]'];
      throw new Error('the engine stopped');
    }
    await expect(buffer(workbookStream({ columns, rows: failing(), facts: [] }))).rejects.toThrow('the engine stopped');
  });
});
