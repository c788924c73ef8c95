import { panelView } from '../../../../src/features/hunting/results/present-panel';
import { plainView } from '../../../../src/features/hunting/results/view-state';
import type { Column } from '../../../../src/kql/schema';

const columns = (count: number): Column[] => Array.from({ length: count }, (_, index) => ({ name: `C${index}`, type: 'string' }));
const positions = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const place = { path: '/r', runId: 'r', state: { ...plainView, row: 4 }, columns: columns(3), chosen: [0, 1, 2], row: 4 };
const texts = (...values: readonly string[]): string => JSON.stringify(values);

describe('the panel of a row', () => {
  it('shows of very many columns one part, with the way to the others', () => {
    const open = { text: texts(...positions(0, 100).map(String)), more: false, shown: positions(100, 200), part: 2 };
    const panel = panelView(open, { ...place, columns: columns(250), chosen: positions(0, 250) });
    expect(panel.fields.map(({ name }) => name)).toEqual(positions(100, 200).map((position) => `C${position}`));
    expect(panel.parts).toEqual({
      label: 'Columns of this row',
      text: 'Columns 101 to 200 of 250',
      previousHref: '/r?row=4#row-panel',
      nextHref: '/r?part=3&row=4#row-panel',
    });
  });

  it('tells the columns that the table leaves out', () => {
    const open = { text: texts('a', 'b', 'c'), more: false, shown: [2, 0, 1], part: 1 };
    const panel = panelView(open, { ...place, chosen: [2] });
    expect(panel.fields.map(({ name, inTable, cell }) => [name, inTable, cell.text])).toEqual([
      ['C2', true, 'a'],
      ['C0', false, 'b'],
      ['C1', false, 'c'],
    ]);
    expect(panel.parts).toBeNull();
  });

  it('leads to all of a value that it cuts, in the same view', () => {
    const open = { text: texts('x'.repeat(20_000), 'y'), more: false, shown: [1, 0], part: 1 };
    const [long, short] = panelView(open, { ...place, state: { ...plainView, search: 'x', page: 3, row: 4 } }).fields;
    expect(long).toMatchObject({ long: true, wholeHref: '/r/cell.txt?q=x&row=4&column=1', cell: { hidden: 10_000 } });
    expect(short).toMatchObject({ long: false, wholeHref: null });
  });

  it('turns the page of the table with its rows', () => {
    const open = { text: texts('a', 'b', 'c'), more: true, shown: [0, 1, 2], part: 1 };
    const { previousHref, nextHref } = panelView(open, { ...place, row: 99, state: { ...plainView, row: 99 } });
    expect([previousHref, nextHref]).toEqual(['/r?row=98#row-panel', '/r?row=100&page=2#row-panel']);
  });
});
