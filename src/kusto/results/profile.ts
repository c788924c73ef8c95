import type { Engine } from '../../engine/engine';
import type { Column } from '../../kql/schema';
import { wireValue } from '../wire-form';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { comparable, isEmpty, whereClause } from './filter-sql';
import { columnName } from './kept-rows';
import type { View } from './view';

export interface ColumnProfile {
  readonly column: number;
  /** Rows whose value is null, or '' in a string column. */
  readonly empty: number;
  /** About how many different values; exact enough to tell an identifier from a category. */
  readonly distinct: number;
  /** Every row has the same value (which may be the empty one). */
  readonly constant: boolean;
  /** Smallest and largest value in wire form without quotes; absent where a column has none or no order. */
  readonly least?: string;
  readonly greatest?: string;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

const unordered = new Set<Column['type']>(['dynamic', 'bool']);

/** Extremes are compared and shown as text, cut short: a column of scripts must not make a page of megabytes. */
const bound = (column: Column, which: 'min' | 'max', x: string): string => {
  if (unordered.has(column.type)) return `'null'`;
  if (column.type === 'string') return wireValue('string', `left(${which}(left(${x}, 200)), 200)`);
  if (column.type === 'decimal') return wireValue('real', `${which}(${comparable(column, x)})`);
  return wireValue(column.type, `${which}(${x})`);
};

const summary = (column: Column, x: string): string => {
  const value = column.type === 'dynamic' ? `CAST(${x} AS VARCHAR)` : x;
  const blank = `count(*) FILTER (WHERE ${isEmpty(column, x)})`;
  const constant = `coalesce(min(${value}) IS NOT DISTINCT FROM max(${value}) AND count(${value}) IN (0, count(*)), true)`;
  return `concat('[', ${blank}, ',', approx_count_distinct(${value}), ',', ${constant}, ',', ${bound(column, 'min', x)}, ',', ${bound(column, 'max', x)}, ']')`;
};

const plain = (wire: unknown): string | undefined => (wire === null || wire === undefined ? undefined : String(wire));

/** What each column of a view holds: emptiness, variety, extremes. One scan. */
export async function profile(engine: Pick<Engine, 'rows'>, view: View, asking: Asking = {}): Promise<Profile> {
  const bindings = createBindings();
  const columns = view.rows.columns.map((column, position) => summary(column, columnName(position)));
  const sql = `SELECT concat('[', count(*)${columns.map((each) => `, ',', ${each}`).join('')}, ']') FROM kept${whereClause(view, bindings)}`;
  const [text = '[0]'] = await texts(engine, { rows: view.rows, sql, bindings }, asking);
  const [rows, ...found] = JSON.parse(text) as [number, ...[number, number, boolean, unknown, unknown][]];
  return {
    rows,
    columns: found.map(([empty, distinct, constant, low, high], column) => {
      const least = plain(low);
      const greatest = plain(high);
      return { column, empty, distinct, constant, ...(least !== undefined && { least }), ...(greatest !== undefined && { greatest }) };
    }),
  };
}
