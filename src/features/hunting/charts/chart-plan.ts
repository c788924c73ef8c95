import type { Column } from '../../../kql/schema';
import { chartNames, type ChartKind } from './chart-kind';

/** A row of wire-form values: numbers, digits as text beyond 2^53, ISO times, timespans as text, null. */
export type ChartRow = readonly unknown[];

export interface ChartRequest {
  readonly kind: ChartKind;
  readonly title?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ChartRow[];
  /** Column names the query or the reader asked for; what is absent is chosen as Kusto chooses. */
  readonly x?: string;
  readonly y?: readonly string[];
  readonly series?: readonly string[];
  readonly stacking?: 'unstacked' | 'stacked' | 'stacked100';
}

export type AxisType = 'time' | 'value' | 'category';

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
  /** What the picture leaves out, in words; empty when it shows every value. */
  readonly notes: readonly string[];
}

export type ChartPlanning = { readonly ok: true; readonly plan: ChartPlan } | { readonly ok: false; readonly why: string };

/** More lines than this cannot be told apart; the rest is named in a note and is in the table. */
export const seriesLimit = 20;
const sliceLimit = 24;

const numeric = new Set(['int', 'long', 'real', 'decimal', 'timespan']);

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

const named = (columns: readonly Column[], name: string | undefined): Column | undefined => columns.find((column) => column.name === name);

const wantsTime = (kind: ChartKind): boolean => kind === 'timechart';

/** Kusto's own choice: a time chart takes the first datetime; a pie its first text; every other chart its first column. */
const chooseX = ({ kind, columns, x }: ChartRequest): Column | undefined => {
  const asked = named(columns, x);
  if (asked) return asked;
  if (wantsTime(kind)) return columns.find((column) => column.type === 'datetime');
  if (kind === 'piechart') return columns.find((column) => !numeric.has(column.type)) ?? columns[0];
  return columns[0];
};

const axisOf = (kind: ChartKind, x: Column): AxisType => {
  if (kind === 'columnchart' || kind === 'barchart' || kind === 'piechart') return 'category';
  if (x.type === 'datetime') return 'time';
  return numeric.has(x.type) ? 'value' : 'category';
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

interface Roles {
  readonly x: Column;
  readonly y: readonly Column[];
  readonly series: readonly Column[];
}

const chooseRoles = (request: ChartRequest): Roles | string => {
  const x = chooseX(request);
  const what = chartNames[request.kind].toLowerCase();
  if (!x) return `A ${what} needs a datetime column, and this result has none.`;
  const others = request.columns.filter((column) => column !== x);
  const asked = (request.y ?? []).flatMap((name) => named(others, name) ?? []);
  const y = asked.length > 0 ? asked : others.filter((column) => numeric.has(column.type));
  if (y.length === 0) return `A ${what} needs a column of numbers besides ${x.name}, and this result has none.`;
  const split = (request.series ?? []).flatMap((name) => named(others, name) ?? []);
  const series =
    split.length > 0 ? split : others.filter((column) => column.type === 'string' || column.type === 'guid' || column.type === 'bool');
  return { x, y: request.kind === 'piechart' ? y.slice(0, 1) : y, series: request.kind === 'piechart' ? [] : series };
};

const collect = (
  request: ChartRequest,
  roles: Roles,
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
  const series = ordered(request.kind === 'piechart' ? limitSlices(limited, notes) : limited, axis);
  const categories = axis === 'category' ? [...new Set(series.flatMap(({ points }) => points.map(([x]) => String(x))))] : [];
  const title = request.title ?? `${roles.y.map((column) => column.name).join(', ')} by ${roles.x.name}`;
  return {
    ok: true,
    plan: { kind: request.kind, title, axis, x: roles.x, y: roles.y, categories, series, stacking: stackingOf(request), notes },
  };
};
