import type { ChartPlan } from './chart-plan';

/** Of every picture, in pixels before it is scaled. */
export const chartWidth = 960;

/** The longest name of a series in the legend. */
export const longestInLegend = 36;

/** Between the picture's edges. */
export const legendWidth = chartWidth - 64;

const symbolAndGap = 56;
const characterWidth = 7.5;
const rowHeight = 34;

const hasLegend = ({ series, kind, look }: ChartPlan): boolean => series.length > 1 && kind !== 'piechart' && look.legend !== false;

/** In how many rows the names of all series stand below the picture: a still picture cannot be leafed through. */
const legendRows = (plan: ChartPlan): number => {
  let rows = 1;
  let used = 0;
  for (const { name } of plan.series) {
    const own = symbolAndGap + Math.min(name.length, longestInLegend) * characterWidth;
    if (used > 0 && used + own > legendWidth) {
      rows += 1;
      used = 0;
    }
    used += own;
  }
  return rows;
};

/** How much room the legend takes below a picture; 0 where it has none. */
export const legendHeight = (plan: ChartPlan): number => (hasLegend(plan) ? legendRows(plan) * rowHeight : 0);
