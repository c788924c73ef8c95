import type { Engine } from '../../engine/engine';
import { identifier } from '../../engine/sql/quote';
import type { Column } from '../../kql/schema';
import { physicalNames } from '../store-form';
import { datetimeText, timespanText } from '../wire-form';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { whereClause } from './filter-sql';
import { columnName } from './kept-rows';
import type { View } from './view';

/**
 * Positions of the time columns with values that a TIMESTAMP of microseconds cannot hold; their exact text goes beside
 * them. (Nanosecond timestamps would hold the digits but not the years, and many readers do not take them.)
 */
export async function fineColumns(engine: Pick<Engine, 'rows'>, view: View, asking: Asking): Promise<ReadonlySet<number>> {
  const times = view.rows.columns.flatMap((column, position) => (column.type === 'datetime' ? [position] : []));
  if (times.length === 0) return new Set();
  const bindings = createBindings();
  const found = times.map((position) => `coalesce(bool_or(${columnName(position)} % 10 <> 0), false)`);
  const sql = `SELECT concat_ws(',', ${found.join(', ')}) FROM kept${whereClause(view, bindings)}`;
  const [text = ''] = await texts(engine, { rows: view.rows, sql, bindings }, asking);
  const fine = text.split(',');
  return new Set(times.filter((_, index) => fine[index] === 'true'));
}

const exactName = (name: string): string => `${name} (exact)`;

const value = (column: Column, x: string): string => {
  if (column.type === 'datetime') return `make_timestamp(${x} // 10 - 62135596800000000)`;
  return column.type === 'timespan' ? timespanText(x) : x;
};

/** The SELECT list of an exported Parquet file: times as TIMESTAMP (UTC), timespans and decimals as their exact text, dynamic as JSON. */
export function parquetSelect(columns: readonly Column[], fine: ReadonlySet<number>): string {
  const fields = columns.flatMap((column, position) => {
    const x = columnName(position);
    const own = { name: column.name, sql: value(column, x) };
    return fine.has(position) ? [own, { name: exactName(column.name), sql: datetimeText(x) }] : [own];
  });
  const unique = physicalNames(fields.map(({ name }): Column => ({ name, type: 'string' })));
  return `SELECT ${fields.map(({ sql }, index) => `${sql} AS ${identifier(unique[index] ?? '')}`).join(', ') || 'NULL AS empty'}`;
}
