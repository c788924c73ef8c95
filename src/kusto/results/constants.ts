import type { Engine } from '../../engine/engine';
import { literals } from '../../engine/sql/quote';
import { physicalNames } from '../store-form';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { columnName } from './kept-rows';
import type { KeptRows } from './view';

/** Columns asked about in one statement: each is a plan of its own. */
const batch = 50;

/**
 * Names of columns that the files' own statistics show to hold more than one value. Only exact bounds count: those of long
 * texts are cut short, and a name that is missing, or in only some of the files, is looked at instead.
 */
async function surelyVaried(engine: Pick<Engine, 'rows'>, rows: KeptRows, asking: Asking): Promise<ReadonlySet<string>> {
  const several = 'min(stats_min_value) <> max(stats_max_value) AND bool_and(coalesce(min_is_exact AND max_is_exact, false))';
  const someNulls = 'sum(stats_null_count) > 0 AND sum(stats_null_count) < sum(num_values)';
  const sql = `SELECT path_in_schema FROM parquet_metadata(${literals(rows.files)}) GROUP BY path_in_schema HAVING (${several}) OR (${someNulls})`;
  return new Set(await texts(engine, { rows, sql, bindings: createBindings() }, asking));
}

/** Stops at the first row that differs from the first of all. */
const isConstant = (position: number): string => {
  const x = columnName(position);
  return `NOT EXISTS (SELECT 1 FROM kept WHERE ${x} IS DISTINCT FROM (SELECT ${x} FROM kept LIMIT 1))`;
};

/** Which columns hold one value, or none, in every row of a result. */
export async function constants(engine: Pick<Engine, 'rows'>, rows: KeptRows, asking: Asking = {}): Promise<readonly boolean[]> {
  if (rows.files.length === 0) return rows.columns.map(() => true);
  const varied = await surelyVaried(engine, rows, asking);
  const physical = physicalNames(rows.columns);
  const open = rows.columns.flatMap((_, position) => (varied.has(physical[position] ?? '') ? [] : [position]));
  const constant = new Set<number>();
  for (let from = 0; from < open.length; from += batch) {
    const some = open.slice(from, from + batch);
    const sql = `SELECT concat_ws(',', ${some.map(isConstant).join(', ')})`;
    const [text = ''] = await texts(engine, { rows, sql, bindings: createBindings() }, asking);
    const found = text.split(',');
    for (const [index, position] of some.entries()) if (found[index] === 'true') constant.add(position);
  }
  return rows.columns.map((_, position) => constant.has(position));
}
