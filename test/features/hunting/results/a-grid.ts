import { planChart } from '../../../../src/features/hunting/charts/chart-plan';
import type { GridView } from '../../../../src/features/hunting/results/grid-view';
import { gridView } from '../../../../src/features/hunting/results/present-grid';
import type { ViewState } from '../../../../src/features/hunting/results/view-state';
import type { Column } from '../../../../src/kql/schema';

const columns: Column[] = [
  { name: 'Timestamp', type: 'datetime' },
  { name: 'DeviceName', type: 'string' },
  { name: 'Count', type: 'long' },
  { name: 'AdditionalFields', type: 'dynamic' },
];

const texts = [
  '["2026-01-01T00:00:00.0000001Z","pc-1","9007199254740993",{"a":[1,{"b c":null}]}]',
  '["2026-01-01T01:00:00.0000000Z","",null,null]',
];

const state: ViewState = {
  page: 2,
  sort: [
    { column: 2, descending: true },
    { column: 0, descending: false },
  ],
  filters: [{ column: 1, test: 'is', value: 'pc-1' }],
  search: 'pc',
  columns: [0, 1, 2, 3],
  part: 1,
  lean: true,
  zone: 'Europe/Berlin',
  row: 100,
  facet: 1,
  chart: 'timechart',
};

/** Kept rows with everything on: sort, filter, facet, chart and an open row. */
export const aGrid: GridView = gridView({
  runId: 'r',
  state,
  caption: '102 rows, complete',
  total: 102,
  lookingMs: null,
  notes: [],
  exports: [{ label: 'CSV', href: '/hunting/runs/r/results.csv' }],
  look: {
    columns,
    chosen: [0, 1, 2, 3],
    shown: [0, 1, 2, 3],
    part: 1,
    offset: 100,
    texts,
    more: true,
    count: 102,
    facet: { values: [{ value: 'pc-1', rows: 7 }], distinct: 3, empty: 1 },
    chart: planChart({ kind: 'timechart', columns, rows: texts.map((text) => JSON.parse(text) as unknown[]) }),
    panel: { text: texts[0] ?? '', more: true, shown: [0, 1, 2, 3], part: 1 },
  },
});
