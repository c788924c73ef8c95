import type { Engine } from '../../engine/engine';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { columnAt, whereClause } from './filter-sql';
import { columnName } from './kept-rows';
import { ViewError, type View } from './view';

export interface Histogram {
  /** Width of a bar in milliseconds; bars begin at multiples of it. */
  readonly stepMs: number;
  /** Bars from the first with rows to the last, those without rows included. `from` is ISO 8601. */
  readonly bars: readonly { readonly from: string; readonly rows: number }[];
  /** Rows without a time. */
  readonly empty: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Widths that people count in. */
const steps = [
  second,
  5 * second,
  15 * second,
  30 * second,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  30 * day,
  365 * day,
];

const TICKS_AT_1970 = 621_355_968_000_000_000n;
const TICKS_PER_MS = 10_000n;
const toMs = (ticks: bigint): number => Number((ticks - TICKS_AT_1970) / TICKS_PER_MS);

/** The rows of a view over a time column in at most about `bars` bars. */
export async function histogram(
  engine: Pick<Engine, 'rows'>,
  asked: { readonly view: View; readonly column: number; readonly bars: number },
  asking: Asking = {},
): Promise<Histogram> {
  const { view, column } = asked;
  if (columnAt(view, column).type !== 'datetime') throw new ViewError('not-a-value', column, 'a histogram runs over a datetime column');
  const { low, high, empty } = await extent(engine, { view, column }, asking);
  if (low === undefined || high === undefined) return { stepMs: second, bars: [], empty };
  const span = toMs(high) - toMs(low);
  const stepMs = steps.find((each) => span / each < asked.bars) ?? Math.ceil(span / asked.bars / (365 * day)) * 365 * day;
  const counts = await countSteps(engine, { view, column, stepMs }, asking);
  const first = Math.floor(toMs(low) / stepMs);
  const last = Math.floor(toMs(high) / stepMs);
  const bars = Array.from({ length: last - first + 1 }, (_, index) => ({
    from: new Date((first + index) * stepMs).toISOString(),
    rows: counts.get(first + index) ?? 0,
  }));
  return { stepMs, bars, empty };
}

async function extent(engine: Pick<Engine, 'rows'>, { view, column }: { readonly view: View; readonly column: number }, asking: Asking) {
  const bindings = createBindings();
  const x = columnName(column);
  const sql = `SELECT concat_ws(',', count(*) FILTER (WHERE ${x} IS NULL), min(${x}), max(${x})) FROM kept${whereClause(view, bindings)}`;
  const [text = '0'] = await texts(engine, { rows: view.rows, sql, bindings }, asking);
  const [empty = '0', low, high] = text.split(',');
  return { empty: Number(empty), low: low === undefined ? undefined : BigInt(low), high: high === undefined ? undefined : BigInt(high) };
}

async function countSteps(
  engine: Pick<Engine, 'rows'>,
  asked: { readonly view: View; readonly column: number; readonly stepMs: number },
  asking: Asking,
) {
  const bindings = createBindings();
  const x = columnName(asked.column);
  const width = BigInt(asked.stepMs) * TICKS_PER_MS;
  // Counted from 1970 and rounded down, as the bars' labels are; integer division alone would round towards it.
  const offset = `(${x} - ${TICKS_AT_1970})`;
  const step = `(${offset} - ((${offset} % ${width}) + ${width}) % ${width}) // ${width}`;
  const sql = `SELECT concat(${step}, ',', count(*)) FROM (SELECT * FROM kept${whereClause(asked.view, bindings)}) WHERE ${x} IS NOT NULL GROUP BY ${step}`;
  const found = await texts(engine, { rows: asked.view.rows, sql, bindings }, asking);
  return new Map(found.map((text) => text.split(',').map(Number) as [number, number]));
}
