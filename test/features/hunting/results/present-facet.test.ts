import { facetView } from '../../../../src/features/hunting/results/present-facet';
import { plainView } from '../../../../src/features/hunting/results/view-state';

const place = { path: '/hunting/runs/r', state: plainView, position: 1 };

describe('the facet of a column', () => {
  it('gives each value a filter for it and one against it, and the empty one too', () => {
    const facet = { values: [{ value: 'a b', rows: 7 }], distinct: 1, empty: 2 };
    const { values, summary } = facetView(facet, { name: 'N', type: 'string' }, place);
    expect(summary).toBe('1 value');
    expect(values.map(({ count, onlyHref, withoutHref }) => [count, onlyHref, withoutHref])).toEqual([
      ['7', '/hunting/runs/r?f=1.is.a+b', '/hunting/runs/r?f=1.not.a+b'],
      ['2', '/hunting/runs/r?f=1.empty', '/hunting/runs/r?f=1.filled'],
    ]);
  });

  it('shows the beginning of a value of megabytes, and no link that carries it', () => {
    const facet = { values: [{ value: 'x'.repeat(5_000_000), rows: 1 }], distinct: 1, empty: 0 };
    const view = facetView(facet, { name: 'N', type: 'string' }, place);
    expect(view.values[0]).toMatchObject({ onlyHref: null, withoutHref: null, cell: { hidden: 4_999_700 } });
    expect(JSON.stringify(view).length).toBeLessThan(5_000);
  });
});
