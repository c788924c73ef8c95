import { chips, leftOutFilters } from '../../../../src/features/hunting/results/present-filters';
import { fits, toView } from '../../../../src/features/hunting/results/to-view';
import { plainView, type FilterState, type ViewState } from '../../../../src/features/hunting/results/view-state';
import type { Column, KqlType } from '../../../../src/kql/schema';

const columns: Column[] = [
  { name: 'Count', type: 'long' },
  { name: 'Name', type: 'string' },
];
const view = (...filters: FilterState[]): ViewState => ({ ...plainView, filters });
const good: FilterState = { column: 1, test: 'is', value: 'pc-1' };
const bad: FilterState = { column: 0, test: 'from', value: 'many' };

describe('a filter whose value is not of the type of its column', () => {
  it.each<[KqlType, string]>([
    ['bool', 'maybe'],
    ['int', '1.5'],
    ['long', '9223372036854775808'],
    ['real', 'abc'],
    ['decimal', '--'],
    ['datetime', '2024-13-45'],
    ['timespan', '1d'],
  ])('does not fit: %s %s', (type, value) => {
    for (const test of ['is', 'not', 'from', 'to'] as const) {
      expect(fits({ column: 0, test, value }, [{ name: 'x', type }])).toBe(false);
    }
    for (const test of ['has', 'hasnt', 'starts', 'empty', 'filled'] as const) {
      expect(fits({ column: 0, test, value }, [{ name: 'x', type }])).toBe(true);
    }
  });

  it('leaves the other filters at work', () => {
    expect(toView({ files: [], columns }, view(bad, good)).filters).toEqual([{ column: 1, test: 'in', values: ['pc-1'] }]);
  });

  it('is named, told apart and can be removed', () => {
    const [sentence, ...others] = leftOutFilters(view(bad, good), columns);
    expect(others).toEqual([]);
    expect(sentence).toContain('“Count is at least many” is left out');
    expect(sentence).toContain('a whole number such as 42');
    expect(chips('/r', view(bad, good), columns)).toEqual([
      { label: 'Count is at least many (left out)', href: '/r?f=1.is.pc-1' },
      { label: 'Name is pc-1', href: '/r?f=0.from.many' },
    ]);
  });
});

it('takes nothing as the empty value of any type', () => {
  expect(fits({ column: 0, test: 'is', value: '' }, columns)).toBe(true);
  expect(fits({ column: 0, test: 'from', value: '' }, columns)).toBe(false);
});
