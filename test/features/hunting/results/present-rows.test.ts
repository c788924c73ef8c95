import { gridRows } from '../../../../src/features/hunting/results/present-rows';
import { plainView, viewHref, type ViewState } from '../../../../src/features/hunting/results/view-state';
import type { Column } from '../../../../src/kql/schema';

const columns: Column[] = [
  { name: 'At', type: 'datetime' },
  { name: 'Id', type: 'long' },
];
const texts = ['["2026-10-25T00:30:00.1234567Z","9007199254740993"]', '[null,0]', '["2026-10-25T01:30:00.0000000Z",-1]'];
const textRow = (text: string) =>
  gridRows([JSON.stringify([text])], { path: '/r', state: plainView, columns: [{ name: 'S', type: 'string' }], shown: [0], offset: 0 })[0]
    ?.cells[0];
const rows = (state: ViewState, offset = 0) => gridRows(texts, { path: '/r', state, columns, shown: [0, 1], offset });

describe('the rows of a page', () => {
  it('link to their panels exactly as the view writes its address', () => {
    const states: ViewState[] = [
      plainView,
      {
        ...plainView,
        page: 2,
        search: 'row=0&x',
        filters: [{ column: 1, test: 'has', value: '&row=0' }],
        sort: [{ column: 0, descending: true }],
      },
    ];
    for (const state of states) {
      expect(rows(state, 100).map(({ href }) => href)).toEqual([100, 101, 102].map((row) => `${viewHref('/r', state, { row })}#row-panel`));
    }
  });

  it('close the panel that is open', () => {
    const [first, second] = rows({ ...plainView, row: 1 });
    expect([first?.open, second?.open, second?.href]).toEqual([false, true, '/r#results']);
  });

  it('are one line each: breaks and tabs stand by themselves, and nothing of the value is lost', () => {
    expect(textRow('a\tb\r\nc\n')?.pieces).toEqual(['a', '\t', 'b', '\r\n', 'c', '\n', '']);
    expect(textRow('plain')).toMatchObject({ pieces: null, classes: '' });
    expect(textRow('  ')).toMatchObject({ text: '  ', classes: 'blank' });
  });

  it('have a null on the side of its column’s values', () => {
    const cells = gridRows(['[null,null]'], { path: '/r', state: plainView, columns, shown: [0, 1], offset: 0 })[0]?.cells;
    expect(cells?.map(({ classes }) => classes)).toEqual(['null', 'null num']);
  });

  it('carry the beginning of a long value, no character cut in two, and say how much more there is', () => {
    const long = `${'x'.repeat(499)}\u{1f600}${'y'.repeat(4_900_000)}`;
    expect(textRow(long)).toMatchObject({ text: 'x'.repeat(499), hidden: 4_900_002 });
  });

  it('keep all digits, tell null apart, and print the offset in the night when an hour comes twice', () => {
    const cells = rows({ ...plainView, zone: 'Europe/Berlin' }).map((row) => row.cells.map(({ text }) => text));
    expect(cells).toEqual([
      ['2026-10-25 02:30:00.1234567 +02:00', '9007199254740993'],
      ['null', '0'],
      ['2026-10-25 02:30:00.0000000 +01:00', '-1'],
    ]);
  });
});
