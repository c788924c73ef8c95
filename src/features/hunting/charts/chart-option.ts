import type { EChartsOption, SeriesOption } from 'echarts';
import type { ChartPlan, ChartSeries } from './chart-plan';
import { legendHeight, legendWidth, longestInLegend } from './legend';
import { palettes, type ChartTheme } from './palette';

const symbols = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow', 'roundRect'] as const;

/** A stack needs every series to have the same categories; an absent one counts nothing. */
const byCategory = ({ points }: ChartSeries, categories: readonly string[]): (number | null)[] => {
  const values = new Map<string, number>();
  for (const [x, y] of points) if (y !== null) values.set(String(x), (values.get(String(x)) ?? 0) + y);
  return categories.map((category) => values.get(category) ?? null);
};

const shares = (rows: (number | null)[][]): (number | null)[][] => {
  const totals = (rows[0] ?? []).map((_, at) => rows.reduce((sum, row) => sum + Math.abs(row[at] ?? 0), 0));
  return rows.map((row) => row.map((value, at) => (value === null || !totals[at] ? value : (100 * value) / totals[at])));
};

const categoryData = (plan: ChartPlan): (number | null)[][] => {
  const rows = plan.series.map((series) => byCategory(series, plan.categories));
  return plan.stacking === 'stacked100' ? shares(rows) : rows;
};

const isLine = (plan: ChartPlan): boolean => ['timechart', 'linechart', 'areachart', 'stackedareachart'].includes(plan.kind);

const seriesOptions = (plan: ChartPlan): SeriesOption[] => {
  const byCategories = plan.axis === 'category' ? categoryData(plan) : null;
  const stack = plan.stacking === 'unstacked' ? {} : { stack: 'all' };
  return plan.series.map(({ name, points }, index) => {
    const data = (byCategories?.[index] ?? points) as never[];
    const symbol = symbols[index % symbols.length] ?? 'circle';
    if (plan.kind === 'scatterchart') return { type: 'scatter', name, data, symbol, symbolSize: 7 };
    if (!isLine(plan)) return { type: 'bar', name, data, ...stack, barMaxWidth: 48 };
    const area = plan.kind === 'areachart' || plan.kind === 'stackedareachart' ? { areaStyle: { opacity: 0.25 } } : {};
    return { type: 'line', name, data, symbol, symbolSize: 5, showSymbol: points.length <= 60, lineStyle: { width: 2 }, ...area, ...stack };
  });
};

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const yName = (plan: ChartPlan): string => {
  if (plan.look.yTitle !== undefined) return shortened(plan.look.yTitle, 60);
  if (plan.stacking === 'stacked100') return '%';
  const names = plan.y.map(({ name, type }) => (type === 'timespan' ? `${name} (s)` : name));
  return names.length === 1 ? shortened(names[0] ?? '', 40) : '';
};

const pie = (plan: ChartPlan, theme: ChartTheme): EChartsOption => {
  const { ink, ground } = palettes[theme];
  const data = (plan.series[0]?.points ?? []).map(([name, value]) => ({ name: String(name), value: value ?? 0 }));
  const formatter = (slice: { name: string; value?: unknown; percent?: number }): string =>
    `${shortened(slice.name, 32)}: ${String(slice.value)} (${slice.percent ?? 0} %)`;
  const look = { label: { color: ink, formatter }, itemStyle: { borderColor: ground, borderWidth: 1 } };
  return { series: [{ type: 'pie', radius: ['38%', '68%'], center: ['50%', '54%'], data, ...look }] } as EChartsOption;
};

/** Names stand upright while there is room for all of them, then lean; beyond that the library thins them out. */
const categoryLabels = (plan: ChartPlan): object => {
  const count = plan.categories.length;
  if (plan.kind === 'barchart') return { formatter: (name: string) => shortened(name, 30), interval: count <= 60 ? 0 : 'auto' };
  if (count <= 8) return { interval: 0, formatter: (name: string) => shortened(name, Math.floor(120 / count)) };
  return { rotate: 38, formatter: (name: string) => shortened(name, 20), interval: count <= 40 ? 0 : 'auto' };
};

const axes = (plan: ChartPlan, theme: ChartTheme): EChartsOption => {
  const { faint, line } = palettes[theme];
  const turned = plan.kind === 'barchart';
  const common = { axisLine: { lineStyle: { color: line } }, nameTextStyle: { color: faint }, nameLocation: 'middle' };
  const labels = { color: faint, hideOverlap: true };
  const value = {
    ...common,
    type: plan.look.yLog ? 'log' : 'value',
    ...(plan.look.yMin === undefined ? {} : { min: plan.look.yMin }),
    ...(plan.look.yMax === undefined ? {} : { max: plan.look.yMax }),
    name: yName(plan),
    nameGap: turned ? 28 : 44,
    axisLabel: labels,
    splitLine: { lineStyle: { color: line } },
  };
  const own =
    plan.axis === 'category' ? { data: [...plan.categories], axisLabel: { ...labels, ...categoryLabels(plan) } } : { axisLabel: labels };
  const name = turned || plan.categories.length > 8 ? '' : shortened(plan.look.xTitle ?? plan.x.name, 60);
  const type = plan.axis === 'value' && plan.look.xLog ? 'log' : plan.axis;
  const independent = { ...common, type, name, nameGap: 28, inverse: turned, ...own };
  return (turned ? { xAxis: value, yAxis: independent } : { xAxis: independent, yAxis: value }) as EChartsOption;
};

/** ECharts' description of the planned chart. No animation, no interaction: it becomes a still picture. */
export const chartOption = (plan: ChartPlan, theme: ChartTheme): EChartsOption => {
  const { ink, faint, ground, series } = palettes[theme];
  const legend = legendHeight(plan);
  const frame: EChartsOption = {
    animation: false,
    useUTC: true,
    backgroundColor: ground,
    color: [...series],
    textStyle: { fontFamily: 'system-ui, Segoe UI, Roboto, DejaVu Sans, sans-serif', color: ink },
    title: {
      text: plan.title,
      left: 8,
      top: 6,
      textStyle: { color: ink, fontSize: 14, fontWeight: 600, width: 860, overflow: 'truncate' },
    },
    legend: {
      show: legend > 0,
      type: 'plain',
      width: legendWidth,
      bottom: 4,
      itemGap: 20,
      textStyle: { color: faint },
      formatter: (name: string) => shortened(name, longestInLegend),
    },
  };
  if (plan.kind === 'piechart') return { ...frame, ...pie(plan, theme) };
  const grid = { left: plan.kind === 'barchart' ? 28 : 36, right: 32, top: 48, bottom: 36 + legend, containLabel: true };
  return { ...frame, grid, ...axes(plan, theme), series: seriesOptions(plan) };
};
