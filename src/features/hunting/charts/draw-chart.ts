import { chartOption } from './chart-option';
import type { ChartPlan } from './chart-plan';
import { chartWidth, legendHeight } from './legend';
import { harmless } from './harmless-option';
import type { ChartTheme } from './palette';

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** Bars side by side need room: the picture grows with their number, within reason. */
export const chartSize = (plan: ChartPlan): ChartSize => {
  const rows = plan.kind === 'barchart' ? plan.categories.length : 0;
  const legend = legendHeight(plan);
  return { width: chartWidth, height: Math.min(Math.max(360, 120 + rows * 22), 1_600) + legend };
};

/** Draws the chart as one SVG document without scripts. ECharts is loaded by the first chart, or by `warmCharts`. */
export const drawChart = async (plan: ChartPlan, theme: ChartTheme): Promise<string> => {
  const { init } = await import('echarts');
  const { width, height } = chartSize(plan);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(harmless(chartOption(plan, theme)));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
};

const smallest: ChartPlan = {
  kind: 'linechart',
  title: 'Warm',
  axis: 'value',
  x: { name: 'x', type: 'long' },
  y: [{ name: 'y', type: 'long' }],
  categories: [],
  series: [{ name: 'y', points: [[0, 0]] }],
  stacking: 'unstacked',
  look: {},
  notes: [],
};

/** Loads the library and draws once, so that the first reader of a chart does not wait for either. */
export const warmCharts = async (): Promise<void> => void (await drawChart(smallest, 'light'));
