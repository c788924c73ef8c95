import type { Column } from '../../../kql/schema';
import type { ChartKind } from './chart-kind';
import { axisOf, chooseRoles, type AxisType, type ChartRoles, type RoleRequest } from './chart-roles';

/** A row of wire-form values: numbers, digits as text beyond 2^53, ISO times, timespans as text, null. */
export type ChartRow = readonly unknown[];

export interface ChartRequest extends RoleRequest {
  readonly title?: string;
  readonly rows: readonly ChartRow[];
  readonly stacking?: 'unstacked' | 'stacked' | 'stacked100';
  readonly look?: ChartLook;
}

/** What the query's `render with (...)` says of the picture itself. */
export interface ChartLook {
  readonly xTitle?: string;
  readonly yTitle?: string;
  readonly yMin?: number;
  readonly yMax?: number;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  readonly accumulate?: boolean;
  readonly legend?: boolean;
}

export interface ChartSeries {
  readonly name: string;
  /** One entry a point: x as the axis wants it, y as a number or null for a gap. */
  readonly points: readonly (readonly [string | number, number | null])[];
}

export interface ChartPlan {
  readonly kind: ChartKind;
  readonly title: string;
  readonly axis: AxisType;
  readonly x: Column;
  readonly y: readonly Column[];
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly stacking: 'unstacked' | 'stacked' | 'stacked100';
  readonly look: ChartLook;
  /** What the picture leaves out, in words; empty when it shows every value. */
  readonly notes: readonly string[];
}

export type ChartPlanning = { readonly ok: true; readonly plan: ChartPlan } | { readonly ok: false; readonly why: string };

/** More lines than this cannot be told apart; the rest is named in a note and is in the table. */
export const seriesLimit = 20;
const sliceLimit = 24;

const ticksPerSecond = 10_000_000;
const timespanText = /^(-)?(?:(\d+)\.)?(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/;

/** Seconds of a timespan's text; a chart needs magnitude, the table keeps the exact value. */
const seconds = (text: string): number | null => {
  const match = timespanText.exec(text);
  if (!match) return null;
  const [, sign, days = '0', hours, minutes, secs, fraction = ''] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(secs);
  return (sign ? -1 : 1) * (whole + Number(fraction.padEnd(7, '0')) / ticksPerSecond);
};

const asNumber = (value: unknown, column: Column): number | null => {
  if (value === null || value === undefined) return null;
  const number = column.type === 'timespan' ? seconds(String(value)) : Number(value);
  return number !== null && Number.isFinite(number) ? number : null;
};

export const label = (value: unknown): string => {
  if (value === null || value === undefined) return '(null)';
  if (value === '') return '(empty)';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** A time as a name under a column: without the seconds and fractions that are zero. */
const timeLabel = (iso: string): string => iso.replace('T', ' ').replace(/(:00)?(\.0+)?Z$/, '');

const categoryLabel = (value: unknown, column: Column): string =>
  column.type === 'datetime' && typeof value === 'string' ? timeLabel(value) : label(value);

const xValue = (axis: AxisType, value: unknown, column: Column): string | number | null => {
  if (axis === 'category') return categoryLabel(value, column);
  if (value === null || value === undefined) return null;
  return axis === 'time' ? Date.parse(String(value)) : asNumber(value, column);
};

const collect = (
  request: ChartRequest,
  roles: ChartRoles,
  axis: AxisType,
): { series: Map<string, [string | number, number | null][]>; dropped: number } => {
  const at = (column: Column): number => request.columns.indexOf(column);
  const series = new Map<string, [string | number, number | null][]>();
  let dropped = 0;
  for (const row of request.rows) {
    const x = xValue(axis, row[at(roles.x)], roles.x);
    if (x === null || Number.isNaN(x)) {
      dropped += 1;
      continue;
    }
    const group = roles.series.map((column) => label(row[at(column)])).join(' · ');
    for (const y of roles.y) {
      const name = group === '' ? y.name : roles.y.length > 1 ? `${group} · ${y.name}` : group;
      const points = series.get(name) ?? [];
      points.push([x, asNumber(row[at(y)], y)]);
      series.set(name, points);
    }
  }
  return { series, dropped };
};

const total = (points: readonly (readonly [unknown, number | null])[]): number => points.reduce((sum, [, y]) => sum + Math.abs(y ?? 0), 0);

const limitSeries = (all: Map<string, [string | number, number | null][]>, notes: string[]): ChartSeries[] => {
  const series = [...all].map(([name, points]) => ({ name, points }));
  if (series.length <= seriesLimit) return series;
  notes.push(`The picture shows the ${seriesLimit} largest of ${series.length} series; the table has all of them.`);
  return series.sort((a, b) => total(b.points) - total(a.points)).slice(0, seriesLimit);
};

/** A pie of too many slices is unreadable: the smallest are joined, by name and with their number. */
const limitSlices = (series: ChartSeries[], notes: string[]): ChartSeries[] =>
  series.map(({ name, points }) => {
    if (points.length <= sliceLimit) return { name, points };
    const sorted = [...points].sort(([, a], [, b]) => (b ?? 0) - (a ?? 0));
    const rest = sorted.slice(sliceLimit - 1);
    notes.push(`The ${rest.length} smallest slices are joined; the table has all of them.`);
    return {
      name,
      points: [...sorted.slice(0, sliceLimit - 1), [`${rest.length} others`, rest.reduce((sum, [, y]) => sum + (y ?? 0), 0)] as const],
    };
  });

/** A name that comes twice is one slice. */
const addedUp = ({ name, points }: ChartSeries): ChartSeries => {
  const sums = new Map<string | number, number>();
  for (const [x, y] of points) sums.set(x, (sums.get(x) ?? 0) + (y ?? 0));
  return { name, points: [...sums] };
};

/** Each point as the sum of those up to it. */
const accumulated = ({ name, points }: ChartSeries): ChartSeries => {
  let sum = 0;
  return { name, points: points.map(([x, y]) => [x, (sum += y ?? 0)] as const) };
};

const ordered = (series: ChartSeries[], axis: AxisType): ChartSeries[] =>
  axis === 'category'
    ? series
    : series.map(({ name, points }) => ({ name, points: [...points].sort(([a], [b]) => Number(a) - Number(b)) }));

const stackingOf = ({ kind, stacking }: ChartRequest): ChartPlan['stacking'] =>
  kind === 'stackedareachart' ? (stacking ?? 'stacked') : (stacking ?? 'unstacked');

/**
 * Decides which column is drawn against which, as Kusto's `render` does when the query does not say: x first, then every
 * numeric column, split into series by the text columns. Refuses with a reason where the result has no such columns.
 */
export const planChart = (request: ChartRequest): ChartPlanning => {
  const roles = chooseRoles(request);
  if (typeof roles === 'string') return { ok: false, why: roles };
  const axis = axisOf(request.kind, roles.x);
  const { series: all, dropped } = collect(request, roles, axis);
  if (all.size === 0) return { ok: false, why: 'There are no rows to draw.' };
  const notes: string[] = dropped > 0 ? [`${dropped} rows have no ${roles.x.name} and are only in the table.`] : [];
  const limited = limitSeries(all, notes);
  const inOrder = ordered(request.kind === 'piechart' ? limitSlices(limited.map(addedUp), notes) : limited, axis);
  const look = request.look ?? {};
  const series = look.accumulate ? inOrder.map(accumulated) : inOrder;
  const categories = axis === 'category' ? [...new Set(series.flatMap(({ points }) => points.map(([x]) => String(x))))] : [];
  const title = request.title ?? `${roles.y.map((column) => column.name).join(', ')} by ${roles.x.name}`;
  return {
    ok: true,
    plan: { kind: request.kind, title, axis, x: roles.x, y: roles.y, categories, series, stacking: stackingOf(request), look, notes },
  };
};
