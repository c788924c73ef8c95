import { chartNames, isChartKind, type ChartKind } from '../charts/chart-kind';
import { planChart, type ChartPlanning } from '../charts/chart-plan';
import type { Column } from '../../../kql/schema';
import type { ViewState } from './view-state';

/** A picture of more rows than this takes long and shows nothing more. */
export const chartRowLimit = 20_000;

export interface RenderHint {
  readonly kind: string;
  readonly properties?: Readonly<Record<string, string>>;
}

/** The chart to show: the reader's choice, else the query's `render` where it names one we draw. */
export const chosenChart = (state: ViewState, render: RenderHint | undefined): ChartKind | null => {
  if (state.chart !== null) return state.chart === 'none' ? null : state.chart;
  const kind = render?.kind.toLowerCase();
  return kind !== undefined && isChartKind(kind) ? kind : null;
};

const names = (text: string | undefined): string[] => (text ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));

const stackings: Readonly<Record<string, 'unstacked' | 'stacked' | 'stacked100'>> = {
  default: 'unstacked',
  unstacked: 'unstacked',
  stacked: 'stacked',
  stacked100: 'stacked100',
};

export interface ChartSource {
  readonly kind: ChartKind;
  readonly columns: readonly Column[];
  /** Row texts in wire form; `more`: the view has more than these. */
  readonly texts: readonly string[];
  readonly more: boolean;
  readonly render: RenderHint | undefined;
}

/** Plans the picture of a view. What the query's `render with (...)` asks for counts only for its own kind of chart. */
export const chartPlanning = ({ kind, columns, texts, more, render }: ChartSource): ChartPlanning => {
  const properties = render?.kind.toLowerCase() === kind ? (render.properties ?? {}) : {};
  const stacking = stackings[properties['kind'] ?? ''];
  const planning = planChart({
    kind,
    columns,
    rows: texts.map((text) => JSON.parse(text) as unknown[]),
    ...(properties['title'] ? { title: properties['title'] } : {}),
    ...(properties['xcolumn'] ? { x: properties['xcolumn'] } : {}),
    y: names(properties['ycolumns']),
    series: names(properties['series']),
    ...(stacking ? { stacking } : {}),
  });
  if (!planning.ok || !more) return planning;
  const note = `The picture shows the first ${chartRowLimit.toLocaleString('en-US')} rows of this view; the table has all of them.`;
  return { ok: true, plan: { ...planning.plan, notes: [note, ...planning.plan.notes] } };
};

export const chartLabel = (kind: ChartKind): string => chartNames[kind];
