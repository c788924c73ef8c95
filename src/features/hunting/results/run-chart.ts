import { chartNames, isChartKind, type ChartKind } from '../charts/chart-kind';
import { planChart, seriesLimit, type ChartPlanning } from '../charts/chart-plan';
import { axisOf, chooseRoles, type ChartRoles, type RoleRequest } from '../charts/chart-roles';
import { renderedAs, type RenderedAs } from '../charts/render-properties';
import type { Column } from '../../../kql/schema';
import type { ChartAsk, ChartRows } from '../ports';
import type { ViewState } from './view-state';

/** A picture of more points than this takes long and shows nothing more. */
const chartPointLimit = 20_000;

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

export interface ChartSource {
  readonly kind: ChartKind;
  readonly columns: readonly Column[];
  readonly render: RenderHint | undefined;
}

/** What `render with (...)` asks for counts only for its own kind of chart. */
const asked = ({ kind, render }: ChartSource): RenderedAs => renderedAs((render?.kind.toLowerCase() === kind && render.properties) || {});

const roleRequest = (source: ChartSource): RoleRequest => {
  const { x, y = [], series = [] } = asked(source);
  return { kind: source.kind, columns: source.columns, ...(x ? { x } : {}), y, series };
};

/** Which rows the picture needs, or why there is none. */
export const chartAsk = (source: ChartSource): { readonly roles: ChartRoles; readonly ask: ChartAsk } | string => {
  const roles = chooseRoles(roleRequest(source));
  if (typeof roles === 'string') return roles;
  const at = (column: Column): number => source.columns.indexOf(column);
  const more = axisOf(source.kind, roles.x) === 'category' ? 'add' : 'join';
  return {
    roles,
    ask: { x: at(roles.x), series: roles.series.map(at), y: roles.y.map(at), limit: chartPointLimit, mostSeries: seriesLimit, more },
  };
};

const ticksPerSecond = 10_000_000;

const stepText = (step: number, { type }: Column): string => {
  if (type !== 'datetime' && type !== 'timespan') return Number(step.toPrecision(3)).toString();
  const seconds = step / ticksPerSecond;
  if (seconds < 120) return `${Number(seconds.toPrecision(3))} seconds`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Number((seconds / 3_600).toPrecision(3))} hours`;
};

const joinedNote = ({ joined }: ChartRows, { x }: ChartRoles): string[] => {
  if (joined === null) return [];
  if (joined.kind === 'sums') return [`Rows of the same ${x.name} are added up.`];
  return [`The view has more rows than a picture shows: each point is the greatest value within ${stepText(joined.step, x)}.`];
};

const seriesNote = ({ seriesInAll }: ChartRows): string[] =>
  seriesInAll === null
    ? []
    : [`The picture shows the ${seriesLimit} largest of ${seriesInAll.toLocaleString('en-US')} series; the table has all of them.`];

/** Kusto splits by one text column and ignores the others; two still read well as one name. */
const splitNote = (source: ChartSource, { series }: ChartRoles): string[] => {
  const texts = source.columns.filter(({ type }) => type === 'string').length;
  return source.kind !== 'piechart' && texts > 3 && series.length === 1
    ? [`Of the text columns, ${series[0]?.name} alone splits the picture.`]
    : [];
};

const missingNote = (source: ChartSource): string[] => {
  const { x, y = [], series = [] } = asked(source);
  const missing = [...(x ? [x] : []), ...y, ...series].filter((name) => !source.columns.some((column) => column.name === name));
  return missing.length > 0 ? [`The query’s render names columns that this result does not have: ${missing.join(', ')}.`] : [];
};

const unknownNote = (source: ChartSource): string[] => {
  const { unknown } = asked(source);
  return unknown.length > 0 ? [`The picture does not follow these properties of render: ${unknown.join(', ')}.`] : [];
};

/** Plans the picture from the rows that `chartAsk` asked for; whatever it leaves out, joins or does not follow is said in its notes. */
export const chartPlanning = (source: ChartSource, roles: ChartRoles, found: ChartRows): ChartPlanning => {
  const { title, stacking, look } = asked(source);
  const planning = planChart({
    kind: source.kind,
    columns: [roles.x, ...roles.series, ...roles.y],
    x: roles.x.name,
    y: roles.y.map(({ name }) => name),
    series: roles.series.map(({ name }) => name),
    rows: found.rows.map((text) => JSON.parse(text) as unknown[]),
    ...(title ? { title } : {}),
    ...(stacking ? { stacking } : {}),
    ...(look ? { look } : {}),
  });
  if (!planning.ok) return planning;
  const limit = chartPointLimit.toLocaleString('en-US');
  const cut = found.cut ? [`The picture shows the first ${limit} points of this view; the table has all rows.`] : [];
  const notes = [
    ...joinedNote(found, roles),
    ...seriesNote(found),
    ...splitNote(source, roles),
    ...cut,
    ...missingNote(source),
    ...unknownNote(source),
  ];
  return { ok: true, plan: { ...planning.plan, notes: [...notes, ...planning.plan.notes] } };
};

export const chartLabel = (kind: ChartKind): string => chartNames[kind];
