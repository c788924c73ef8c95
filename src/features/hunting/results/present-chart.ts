import { chartKinds } from '../charts/chart-kind';
import type { ChartPlan } from '../charts/chart-plan';
import { chartSize } from '../charts/draw-chart';
import { visible } from '../kept/cell-view';
import type { ChartView, ChoiceView } from './grid-view';
import { chartLabel } from './run-chart';
import { viewHref, type ViewState } from './view-state';

const describe = (plan: ChartPlan): string => {
  const points = plan.series.reduce((sum, { points: own }) => sum + own.length, 0);
  const split = plan.series.length > 1 ? ` in ${plan.series.length} series` : '';
  return visible(`${chartLabel(plan.kind)}: ${plan.title}; ${points} points${split}. The table below has the same values.`);
};

/** The picture and its downloads. Its address carries the view, so that it shows exactly the rows of the table. */
export const chartView = (path: string, state: ViewState, plan: ChartPlan): ChartView => {
  const own = { ...state, chart: plan.kind, page: 1, row: null, facet: null };
  const address = (format: string, theme: string): string => {
    const href = viewHref(`${path}/chart.${format}`, own, {});
    return `${href}${href.includes('?') ? '&' : '?'}theme=${theme}`;
  };
  return {
    name: chartLabel(plan.kind),
    description: describe(plan),
    lightHref: address('svg', 'light'),
    darkHref: address('svg', 'dark'),
    ...chartSize(plan),
    notes: plan.notes.map(visible),
    downloads: [
      { label: 'SVG', href: address('svg', 'light') },
      { label: 'PNG', href: address('png', 'light') },
    ],
  };
};

/** Every kind of chart as a link, and none. */
export const chartChoices = (path: string, state: ViewState, current: string | null): ChoiceView[] => [
  { label: 'Table only', href: viewHref(path, state, { chart: 'none' }), current: current === null },
  ...chartKinds.map((kind) => ({ label: chartLabel(kind), href: viewHref(path, state, { chart: kind }), current: current === kind })),
];
