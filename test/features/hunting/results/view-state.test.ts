import { chartKinds } from '../../../../src/features/hunting/charts/chart-kind';
import {
  filterTests,
  isFormAddress,
  plainView,
  readViewState,
  viewHref,
  writeViewState,
  type ViewState,
} from '../../../../src/features/hunting/results/view-state';
import { fc } from '../../../support/properties';

const columnCount = 50;
const column = fc.nat(columnCount - 1);
const valueless = (test: string): boolean => test === 'empty' || test === 'filled';

const views: fc.Arbitrary<ViewState> = fc.record({
  page: fc.integer({ min: 1, max: 999_999 }),
  sort: fc.array(fc.record({ column, descending: fc.boolean() }), { maxLength: 8 }),
  filters: fc.array(
    fc
      .record({ column, test: fc.constantFrom(...filterTests), value: fc.string({ unit: 'grapheme' }) })
      .map((filter) => (valueless(filter.test) ? { ...filter, value: '' } : filter)),
    { maxLength: 10 },
  ),
  search: fc.string({ unit: 'grapheme' }),
  columns: fc.option(fc.uniqueArray(column, { minLength: 1 })),
  part: fc.integer({ min: 1, max: 99 }),
  lean: fc.boolean(),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
  row: fc.option(fc.nat(9_999_999)),
  facet: fc.option(column),
  chart: fc.option(fc.constantFrom('none' as const, ...chartKinds)),
});

describe('the state of a view', () => {
  it('comes back from its address exactly as it went in', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(readViewState(new URLSearchParams(writeViewState(view).toString()), columnCount)).toEqual(view);
      }),
    );
  });

  it('is read from any address without failing, and only ever names columns that exist', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(5), (text, count) => {
        const view = readViewState(new URLSearchParams(text), count);
        for (const { column: at } of [...view.sort, ...view.filters]) expect(at).toBeLessThan(count);
      }),
    );
  });

  it('names neighbouring columns as runs, so that many columns keep short links', () => {
    const most = Array.from({ length: 500 }, (_, position) => position).filter((position) => position !== 7);
    expect(viewHref('/r', plainView, { columns: most })).toBe('/r?cols=0-6.8-499');
    const read = (cols: string, count = 500) => readViewState(new URLSearchParams({ cols }), count).columns;
    expect(read('0-6.8-499')).toEqual(most);
    expect(read('3.0-2.9-8.x-1', 5)).toEqual([3, 0, 1, 2]);
    expect(read('0-9999999', 3)).toEqual([0, 1, 2]);
  });

  it('leaves a plain view out of the address', () => {
    expect(viewHref('/hunting/runs/1', plainView, {})).toBe('/hunting/runs/1');
  });

  it('starts at the first page when rows are narrowed or reordered, and stays when only the look changes', () => {
    const view = { ...plainView, page: 7, row: 3 };
    expect(viewHref('/r', view, { search: 'x' })).toBe('/r?q=x');
    expect(viewHref('/r', view, { sort: [{ column: 2, descending: true }] })).toBe('/r?sort=2d');
    expect(viewHref('/r', view, { zone: 'Europe/Berlin' })).toBe('/r?tz=Europe%2FBerlin&row=3&page=7');
  });

  it('understands what its forms send', () => {
    const read = (text: string) => readViewState(new URLSearchParams(text), 9);
    expect(read('col=0&col=4&cols=1').columns).toEqual([0, 4]);
    expect(read('f=1.is.x&fc=2&ft=has&fv=a.b').filters).toEqual([
      { column: 1, test: 'is', value: 'x' },
      { column: 2, test: 'has', value: 'a.b' },
    ]);
    expect([isFormAddress(new URLSearchParams('fc=1')), isFormAddress(new URLSearchParams('f=1.is.x'))]).toEqual([true, false]);
  });

  it('keeps a value that looks like the syntax of an address', () => {
    const filters = [{ column: 1, test: 'is' as const, value: '1.is.a&f=2.not.b' }];
    expect(readViewState(new URLSearchParams(viewHref('/r', plainView, { filters }).slice(3)), 3).filters).toEqual(filters);
  });
});
