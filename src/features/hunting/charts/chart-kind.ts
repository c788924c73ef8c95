/** The charts Quarry draws. The names are those of KQL's `render`. */
export const chartKinds = [
  'timechart',
  'linechart',
  'areachart',
  'stackedareachart',
  'columnchart',
  'barchart',
  'piechart',
  'scatterchart',
] as const;

export type ChartKind = (typeof chartKinds)[number];

export const chartNames: Readonly<Record<ChartKind, string>> = {
  timechart: 'Time chart',
  linechart: 'Line chart',
  areachart: 'Area chart',
  stackedareachart: 'Stacked area chart',
  columnchart: 'Column chart',
  barchart: 'Bar chart',
  piechart: 'Pie chart',
  scatterchart: 'Scatter chart',
};

/** Whether `name`, a query's own `render` word, is a chart we draw; `table`, `card` and the rest are shown as rows. */
export const isChartKind = (name: string): name is ChartKind => (chartKinds as readonly string[]).includes(name);
