import type { EChartsOption, SeriesOption } from 'echarts';
import type { ChartPlan, ChartSeries } from './chart-plan';
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

const yName = (plan: ChartPlan): string => {
  if (plan.stacking === 'stacked100') return '%';
  const names = plan.y.map(({ name, type }) => (type === 'timespan' ? `${name} (s)` : name));
  return names.length === 1 ? (names[0] ?? '') : '';
};

const pie = (plan: ChartPlan, theme: ChartTheme): EChartsOption => {
  const { ink, ground } = palettes[theme];
  const data = (plan.series[0]?.points ?? []).map(([name, value]) => ({ name: String(name), value: value ?? 0 }));
  return {
    series: [
      {
        type: 'pie',
        radius: ['38%', '68%'],
        center: ['50%', '54%'],
        data,
        label: { color: ink, formatter: '{b}: {c} ({d}%)', width: 220, overflow: 'truncate' },
        itemStyle: { borderColor: ground, borderWidth: 1 },
      },
    ],
  };
};

const axes = (plan: ChartPlan, theme: ChartTheme): EChartsOption => {
  const { faint, line } = palettes[theme];
  const axisLabel = { color: faint, hideOverlap: true };
  const base = { axisLabel, axisLine: { lineStyle: { color: line } }, nameTextStyle: { color: faint } };
  const x = {
    ...base,
    type: plan.axis,
    name: plan.x.name,
    nameLocation: 'middle',
    nameGap: 30,
    ...(plan.axis === 'category' ? { data: [...plan.categories] } : {}),
  };
  const y = { ...base, type: 'value', name: yName(plan), splitLine: { lineStyle: { color: line } } };
  const turned = plan.kind === 'barchart';
  const category = {
    ...x,
    axisLabel: { ...axisLabel, width: turned ? 180 : 120, overflow: 'truncate' },
    inverse: turned,
    nameLocation: turned ? 'end' : 'middle',
  };
  return (turned ? { xAxis: y, yAxis: category } : { xAxis: plan.axis === 'category' ? category : x, yAxis: y }) as EChartsOption;
};

/** ECharts' description of the planned chart. No animation, no interaction: it becomes a still picture. */
export const chartOption = (plan: ChartPlan, theme: ChartTheme): EChartsOption => {
  const { ink, faint, ground, series } = palettes[theme];
  const legend = plan.series.length > 1 && plan.kind !== 'piechart';
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
    legend: { show: legend, type: 'scroll', bottom: 4, textStyle: { color: faint, width: 200, overflow: 'truncate' } },
  };
  if (plan.kind === 'piechart') return { ...frame, ...pie(plan, theme) };
  const grid = { left: 12, right: 24, top: 48, bottom: legend ? 56 : 36, containLabel: true };
  return { ...frame, grid, ...axes(plan, theme), series: seriesOptions(plan) };
};
