import type { Engine } from '../../engine/engine';
import { wireRow } from '../wire-form';
import { texts, type Asking, type ViewSelect } from './asking';
import { createBindings } from './bindings';
import { facet, type Facet } from './facet';
import { orderClause, whereClause } from './filter-sql';
import { histogram, type Histogram } from './histogram';
import { columnName } from './kept-rows';
import { profile, type Profile } from './profile';
import type { View } from './view';

export interface Page {
  /** JSON array texts in wire form. */
  readonly rows: readonly string[];
  /** Whether rows follow this page. */
  readonly more: boolean;
}

export type ResultViews = ReturnType<typeof createResultViews>;

/** Pages, counts and summaries of kept rows, each a SELECT or two over their files. All reject with ViewError or EngineError. */
export function createResultViews({ engine }: { readonly engine: Pick<Engine, 'rows'> }) {
  return Object.freeze({
    /** One page of a view. */
    async page(view: View, bounds: { readonly offset: number; readonly limit: number }, asking: Asking = {}): Promise<Page> {
      const rows = await texts(engine, pageSelect(view, bounds), asking);
      return { rows: rows.slice(0, bounds.limit), more: rows.length > bounds.limit };
    },
    /** How many rows a view has. */
    async count(view: View, asking: Asking = {}): Promise<number> {
      const bindings = createBindings();
      const sql = `SELECT CAST(count(*) AS VARCHAR) FROM kept${whereClause(view, bindings)}`;
      const [count = '0'] = await texts(engine, { rows: view.rows, sql, bindings }, asking);
      return Number(count);
    },
    /** The values of one column with their numbers of rows. */
    facet: (view: View, asked: { readonly column: number; readonly limit: number }, asking: Asking = {}): Promise<Facet> =>
      facet(engine, { view, ...asked }, asking),
    /** What each column holds: emptiness, variety, extremes. */
    profile: (view: View, asking: Asking = {}): Promise<Profile> => profile(engine, view, asking),
    /** The rows over time. */
    histogram: (view: View, asked: { readonly column: number; readonly bars: number }, asking: Asking = {}): Promise<Histogram> =>
      histogram(engine, { view, ...asked }, asking),
  });
}

/** Sorts and cuts before it writes any text; one row more than asked tells whether there is a next page. */
function pageSelect(view: View, { offset, limit }: { readonly offset: number; readonly limit: number }): ViewSelect {
  const bindings = createBindings();
  const where = whereClause(view, bindings);
  const order = orderClause(view);
  const names = view.rows.columns.map((_, position) => columnName(position));
  const window = `LIMIT ${Math.trunc(limit) + 1} OFFSET ${Math.max(0, Math.trunc(offset))}`;
  const rows = `SELECT ${names.join(', ') || 'NULL'} FROM kept${where}${order} ${window}`;
  return { rows: view.rows, sql: `SELECT ${wireRow(view.rows.columns, names)} FROM (${rows})`, bindings };
}
