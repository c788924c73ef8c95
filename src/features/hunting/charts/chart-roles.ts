import type { Column } from '../../../kql/schema';
import { chartNames, type ChartKind } from './chart-kind';

export interface RoleRequest {
  readonly kind: ChartKind;
  readonly columns: readonly Column[];
  /** Column names the query or the reader asked for; what is absent is chosen as Kusto chooses. */
  readonly x?: string;
  readonly y?: readonly string[];
  readonly series?: readonly string[];
}

export type AxisType = 'time' | 'value' | 'category';

const numeric = new Set(['int', 'long', 'real', 'decimal', 'timespan']);

const named = (columns: readonly Column[], name: string | undefined): Column | undefined => columns.find((column) => column.name === name);

const wantsTime = (kind: ChartKind): boolean => kind === 'timechart';

/** Kusto's own choice: a time chart takes the first datetime; a pie its first text; every other chart its first column. */
const chooseX = ({ kind, columns, x }: RoleRequest): Column | undefined => {
  const asked = named(columns, x);
  if (asked) return asked;
  if (wantsTime(kind)) return columns.find((column) => column.type === 'datetime');
  if (kind === 'piechart') return columns.find((column) => !numeric.has(column.type)) ?? columns[0];
  return columns[0];
};

export const axisOf = (kind: ChartKind, x: Column): AxisType => {
  if (kind === 'columnchart' || kind === 'barchart' || kind === 'piechart') return 'category';
  if (x.type === 'datetime') return 'time';
  return numeric.has(x.type) ? 'value' : 'category';
};

/** Which column is drawn against which, split by which. */
export interface ChartRoles {
  readonly x: Column;
  readonly y: readonly Column[];
  readonly series: readonly Column[];
}

const mostSplitting = 2;

/** Text columns split into series; of many only the first, or every row is a series of its own. */
const ownSplit = (others: readonly Column[]): readonly Column[] => {
  const texts = others.filter(({ type }) => type === 'string' || type === 'guid' || type === 'bool');
  return texts.slice(0, texts.length > mostSplitting ? 1 : mostSplitting);
};

/**
 * Which column is drawn against which, as Kusto's `render` decides when the query does not say: x first, then every numeric
 * column, split into series by the text columns; a sentence where the result has no such columns.
 */
export const chooseRoles = (request: RoleRequest): ChartRoles | string => {
  const x = chooseX(request);
  const what = chartNames[request.kind].toLowerCase();
  if (!x) return `A ${what} needs a datetime column, and this result has none.`;
  const others = request.columns.filter((column) => column !== x);
  const asked = (request.y ?? []).flatMap((name) => named(others, name) ?? []);
  const y = asked.length > 0 ? asked : others.filter((column) => numeric.has(column.type));
  if (y.length === 0) return `A ${what} needs a column of numbers besides ${x.name}, and this result has none.`;
  const split = (request.series ?? []).flatMap((name) => named(others, name) ?? []);
  const series = split.length > 0 ? split : ownSplit(others);
  return { x, y: request.kind === 'piechart' ? y.slice(0, 1) : y, series: request.kind === 'piechart' ? [] : series };
};
