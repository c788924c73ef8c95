import type { Engine } from '../../engine/engine';
import type { Column, KqlType } from '../../kql/schema';
import { wireRow, wireValue } from '../wire-form';
import { texts, type Asking, type ViewSelect } from './asking';
import { createBindings } from './bindings';
import { columnAt, orderClause, whereClause } from './filter-sql';
import { columnName } from './kept-rows';
import type { View } from './view';

/** Columns by position: what a picture draws against what, split by what. */
export interface ChartColumns {
  readonly x: number;
  readonly series: readonly number[];
  readonly y: readonly number[];
}

export interface ChartAsk extends ChartColumns {
  /** Rows that a picture is drawn from as they are. */
  readonly limit: number;
  /** Series that a picture tells apart; of more, the largest by the sum of the first of `y`. */
  readonly mostSeries: number;
  /** What to do with more: add up what has one name on the axis, or join neighbours along it. */
  readonly more: 'add' | 'join';
}

/** Rows hold x, then each of `series`, then each of `y`, in wire form. */
export interface ChartRows {
  readonly rows: readonly string[];
  /** Null: the rows as they are. Else what each stands for. */
  readonly joined: null | { readonly kind: 'sums' } | { readonly kind: 'peaks'; readonly step: number };
  /** More than `limit` even so: the first of them. */
  readonly cut: boolean;
  /** How many series there are, where only the largest are among the rows. */
  readonly seriesInAll: number | null;
}

/** Points side by side in a picture: more than that fall on one another. */
export const chartSteps = 480;

/** Types whose values can stand along an axis as they are. */
export const bareTypes = new Set<KqlType>(['int', 'long', 'datetime', 'timespan', 'real']);

const number = ({ type }: Column, x: string): string => (type === 'decimal' ? `TRY_CAST(${x} AS DOUBLE)` : x);

/** What an aggregate of numbers of a type is written as: a picture needs magnitude, the table has the digits. */
const aggregate = (column: Column, x: string): string =>
  column.type === 'timespan' ? wireValue('timespan', `CAST(${x} AS BIGINT)`) : wireValue('real', `CAST(${x} AS DOUBLE)`);

const plain = (view: View, { x, series, y, limit }: ChartAsk): ViewSelect => {
  const bindings = createBindings();
  const positions = [x, ...series, ...y];
  const fields = positions.map((position, index) => `${columnName(position)} AS v${index}`);
  const inner = `SELECT ${fields.join(', ')} FROM kept${whereClause(view, bindings)}${orderClause(view)} LIMIT ${limit + 1}`;
  const wire = wireRow(
    positions.map((position) => columnAt(view, position)),
    positions.map((_, index) => `v${index}`),
  );
  return { rows: view.rows, sql: `SELECT ${wire} FROM (${inner})`, bindings };
};

interface Grouping {
  /** SQL of the value that rows are grouped by along the axis. */
  readonly by: string;
  /** SQL of what stands for the group on the axis. */
  readonly shown: string;
  readonly of: 'sum' | 'max';
}

/** The largest series, `sN` their values; every series where there are few, and the only one where nothing splits. */
const largest = (view: View, { series, y, mostSeries }: ChartAsk, where: string): string => {
  const names = series.map((position, index) => `${columnName(position)} AS s${index}`);
  const [first = 0] = y;
  const size = `sum(abs(CAST(${number(columnAt(view, first), columnName(first))} AS DOUBLE)))`;
  const sized = `SELECT ${[...names, `${size} AS size`].join(', ')} FROM kept${where}${series.length > 0 ? ' GROUP BY ALL' : ''}`;
  return `sized AS MATERIALIZED (${sized}), best AS MATERIALIZED (SELECT * FROM sized ORDER BY size DESC NULLS LAST LIMIT ${mostSeries})`;
};

const grouped = (view: View, ask: ChartAsk, { by, shown, of }: Grouping): ViewSelect => {
  const { x, series, y, limit } = ask;
  const bindings = createBindings();
  const where = whereClause(view, bindings);
  const keys = [`${by} AS k`, ...series.map((position, index) => `${columnName(position)} AS s${index}`)];
  const values = y.map((position, index) => `${of}(${number(columnAt(view, position), columnName(position))}) AS y${index}`);
  const same = series.map((position, index) => `kept.${columnName(position)} IS NOT DISTINCT FROM best.s${index}`).join(' AND ') || 'true';
  const few = `SELECT kept.* FROM (SELECT * FROM kept${where}) AS kept JOIN best ON ${same}`;
  const inner = `SELECT ${[...keys, `${shown} AS x`, ...values, 'min(position) AS first'].join(', ')} FROM (${few})`;
  const texts = [
    wireValue(columnAt(view, x).type, 'x'),
    ...series.map((position, index) => wireValue(columnAt(view, position).type, `s${index}`)),
    ...y.map((position, index) => aggregate(columnAt(view, position), `y${index}`)),
  ];
  const names = series.map((_, index) => `s${index}`);
  const rows = `SELECT concat('[', ${texts.join(`, ',', `)}, ']') AS text FROM (${inner} GROUP BY ${['k', ...names].join(', ')} ORDER BY first LIMIT ${limit + 1})`;
  const sql = `WITH ${largest(view, ask, where)} (SELECT CAST(count(*) AS VARCHAR) AS text FROM sized) UNION ALL (${rows})`;
  return { rows: view.rows, sql, bindings };
};

interface Extent {
  /** Rows of the view. */
  readonly count: number;
  /** The least and the greatest value of the axis; undefined where it has none or no width, or cannot be measured. */
  readonly range: readonly [number, number] | undefined;
}

/** How much there is to draw, before any of it is fetched. */
async function extentOf(
  engine: Pick<Engine, 'rows'>,
  { view, ask: { x } }: { readonly view: View; readonly ask: ChartAsk },
  asking: Asking,
): Promise<Extent> {
  const bindings = createBindings();
  const value = bareTypes.has(columnAt(view, x).type) ? columnName(x) : 'NULL';
  const sql = `SELECT concat_ws(',', count(*), CAST(min(${value}) AS DOUBLE), CAST(max(${value}) AS DOUBLE)) FROM kept${whereClause(view, bindings)}`;
  const [text = ''] = await texts(engine, { rows: view.rows, sql, bindings }, asking);
  const [count = 0, low, high] = text.split(',').map(Number);
  const isWide = low !== undefined && high !== undefined && Number.isFinite(high - low) && high > low;
  return { count, range: isWide ? [low, high] : undefined };
}

async function groups(
  engine: Pick<Engine, 'rows'>,
  { view, ask, grouping }: { view: View; ask: ChartAsk; grouping: Grouping },
  asking: Asking,
) {
  const [series = '0', ...rows] = await texts(engine, grouped(view, ask, grouping), asking);
  const seriesInAll = Number(series) > ask.mostSeries ? Number(series) : null;
  return { rows: rows.slice(0, ask.limit), cut: rows.length > ask.limit, seriesInAll };
}

/**
 * What a chart of a view is drawn from. Few rows are taken as they are, in the view's order. Of more, those with one name on
 * the axis are added up, or each of a few hundred steps along it is shown by its greatest values: every row is looked at, and
 * the answer says which was done.
 */
export async function chartRows(
  engine: Pick<Engine, 'rows'>,
  { view, ask }: { readonly view: View; readonly ask: ChartAsk },
  asking: Asking = {},
): Promise<ChartRows> {
  const { limit, x, more } = ask;
  const { count, range } = await extentOf(engine, { view, ask }, asking);
  const asTheyAre = async (): Promise<ChartRows> => {
    const rows = await texts(engine, plain(view, ask), asking);
    return { rows: rows.slice(0, limit), cut: rows.length > limit, seriesInAll: null, joined: null };
  };
  if (count <= limit) return asTheyAre();
  const column = columnName(x);
  if (more === 'add' || !bareTypes.has(columnAt(view, x).type)) {
    const grouping: Grouping = { by: column, shown: 'k', of: 'sum' };
    return { ...(await groups(engine, { view, ask, grouping }, asking)), joined: { kind: 'sums' } };
  }
  if (range === undefined) return asTheyAre();
  const step = (range[1] - range[0]) / chartSteps;
  const by = `floor((CAST(${column} AS DOUBLE) - ${range[0]}) / ${step})`;
  const grouping: Grouping = { by, shown: `min(${column})`, of: 'max' };
  return { ...(await groups(engine, { view, ask, grouping }, asking)), joined: { kind: 'peaks', step } };
}
