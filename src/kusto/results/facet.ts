import type { Engine } from '../../engine/engine';
import type { Column } from '../../kql/schema';
import { wireValue } from '../wire-form';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { columnAt, isEmpty, whereClause } from './filter-sql';
import { columnName } from './kept-rows';
import type { AskIndex } from './indexed/ask-index';
import type { View } from './view';

export interface FacetValue {
  /** The value as a filter's `values` take it, and as a person reads it. */
  readonly value: string;
  readonly rows: number;
}

export interface Facet {
  /** The most frequent values, most frequent first; equal counts in the order of the values. */
  readonly values: readonly FacetValue[];
  /** How many different values there are, the empty one not counted. */
  readonly distinct: number;
  /** Rows whose value is null, or '' in a string column. */
  readonly empty: number;
  /** Rows of the view. */
  readonly rows: number;
}

/** The values of one column of a view with their numbers of rows. */
export async function facet(
  engine: Pick<Engine, 'rows'>,
  asked: { readonly view: View; readonly column: number; readonly limit: number },
  asking: Asking = {},
): Promise<Facet> {
  const { view, limit } = asked;
  const column = columnAt(view, asked.column);
  const bindings = createBindings();
  const x = columnName(asked.column);
  const value = column.type === 'dynamic' ? `CAST(${x} AS VARCHAR)` : x;
  const where = whereClause(view, bindings);
  const groups = `SELECT ${value} AS value, ${isEmpty(column, x)} AS blank, count(*) AS n FROM kept${where} GROUP BY ALL`;
  const totals = `SELECT '[' || coalesce(sum(n), 0) || ',' || coalesce(sum(n) FILTER (WHERE blank), 0) || ',' || count(*) FILTER (WHERE NOT blank) || ']' AS row FROM groups`;
  const top = `SELECT '[' || ${wireValue(column.type, 'value')} || ',' || n || ']' AS row FROM (SELECT value, n FROM groups WHERE NOT blank ORDER BY n DESC, value LIMIT ${Math.trunc(limit)})`;
  const sql = `WITH groups AS MATERIALIZED (${groups}) (${totals}) UNION ALL (${top})`;
  const [first = '[0,0,0]', ...rest] = await texts(engine, { rows: view.rows, sql, bindings }, asking);
  const [rows = 0, empty = 0, distinct = 0] = JSON.parse(first) as number[];
  return { rows, empty, distinct, values: rest.map((text) => facetValue(text, column)) };
}

/** The same from an index; undefined where the rows have to be asked: decimals are listed by their texts and sorted by their size. */
export async function indexedFacet(
  indexed: AskIndex | undefined,
  { view, ...asked }: { readonly view: View; readonly column: number; readonly limit: number },
  asking: Asking,
): Promise<Facet | undefined> {
  const column = columnAt(view, asked.column);
  if (column.type === 'decimal') return undefined;
  const told = await indexed?.facet(view, asked, asking);
  const [rows = 0, empty = 0, distinct = 0] = told?.headline.totals ?? [];
  return told && { rows, empty, distinct, values: told.lines.map((text) => facetValue(text, column)) };
}

/** Splits at the last comma instead of parsing: a number keeps its own text, and a dynamic is JSON, in which "5" is not 5. */
function facetValue(text: string, { type }: Column): FacetValue {
  const comma = text.lastIndexOf(',');
  const wire = text.slice(1, comma);
  const value = type !== 'dynamic' && wire.startsWith('"') ? (JSON.parse(wire) as string) : wire;
  return { value, rows: Number(text.slice(comma + 1, -1)) };
}
