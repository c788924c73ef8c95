import { rememberedGrid } from '../../../../src/features/hunting/results/remembered-grid';
import type { GridSource } from '../../../../src/features/hunting/results/present-grid';
import { plainView } from '../../../../src/features/hunting/results/view-state';

const texts = ['["a",1]'];
const source = (change: Partial<GridSource> = {}): GridSource => ({
  runId: 'r',
  state: plainView,
  caption: '1 row, complete',
  total: 1,
  lookingMs: null,
  notes: [],
  exports: [],
  look: {
    columns: [
      { name: 'Name', type: 'string' },
      { name: 'Count', type: 'long' },
    ],
    chosen: [0, 1],
    shown: [0, 1],
    part: 1,
    offset: 0,
    texts,
    more: false,
    count: 1,
    facet: null,
    chart: null,
    panel: null,
  },
  ...change,
});

describe('a remembered grid', () => {
  it('is the same object for the same look', () => {
    expect(rememberedGrid(source())).toBe(rememberedGrid(source()));
  });

  it('differs by run, by view, by what is said of the rows, and by the rows themselves', () => {
    const first = rememberedGrid(source());
    const { look } = source();
    const others = [
      source({ runId: 'other' }),
      source({ state: { ...plainView, zone: 'Asia/Tokyo' } }),
      source({ caption: '1+ row, incomplete' }),
      source({ look: { ...look, texts: ['["b",2]'] } }),
      source({ look: { ...look, chosen: [1], shown: [1] } }),
    ];
    for (const other of others) expect(rememberedGrid(other)).not.toBe(first);
    expect(rememberedGrid(source({ runId: 'other' })).path).toBe('/hunting/runs/other');
  });

  it('is made anew where a row is open', () => {
    const { look } = source();
    const open = source({
      state: { ...plainView, row: 0 },
      look: { ...look, panel: { text: '["a",1]', more: false, shown: [0, 1], part: 1 } },
    });
    expect(rememberedGrid(open)).not.toBe(rememberedGrid(open));
    expect(rememberedGrid(open).panel?.title).toBe('Row 1');
  });
});
