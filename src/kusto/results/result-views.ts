import type { Engine } from '../../engine/engine';
import { wireRow } from '../wire-form';
import { createBindings, orderClause, whereClause } from './filter-sql';
import { columnName, keptRelation } from './kept-rows';
import type { KeptRows, View } from './view';

export interface Asking {
  readonly signal?: AbortSignal;
  readonly owner?: string;
}

export interface Page {
  /** JSON array texts in wire form. */
  readonly rows: readonly string[];
  /** Whether rows follow this page. */
  readonly more: boolean;
}

export type ResultViews = ReturnType<typeof createResultViews>;

/** Pages, counts and summaries of kept rows: each is one SELECT over their files, in the lane that stays quick. */
export function createResultViews({ engine }: { readonly engine: Pick<Engine, 'rows'> }) {
  const texts = async (
    request: { readonly rows: KeptRows; readonly sql: string; readonly parameters: ReturnType<typeof createBindings>['parameters'] },
    asking: Asking,
  ) => {
    const found: string[] = [];
    const stream = engine.rows({
      relations: [keptRelation(request.rows)],
      sql: request.sql,
      parameters: request.parameters,
      lane: 'page',
      ...asking,
    });
    for await (const batch of stream) found.push(...batch);
    return found;
  };
  return Object.freeze({
    /** One page of a view. Rejects with ViewError or EngineError. */
    async page(view: View, bounds: { readonly offset: number; readonly limit: number }, asking: Asking = {}): Promise<Page> {
      const { sql, parameters } = pageSelect(view, bounds);
      const rows = await texts({ rows: view.rows, sql, parameters }, asking);
      return { rows: rows.slice(0, bounds.limit), more: rows.length > bounds.limit };
    },
    /** How many rows a view has. */
    async count(view: View, asking: Asking = {}): Promise<number> {
      const bindings = createBindings();
      const sql = `SELECT CAST(count(*) AS VARCHAR) FROM kept${whereClause(view, bindings)}`;
      const [count = '0'] = await texts({ rows: view.rows, sql, parameters: bindings.parameters }, asking);
      return Number(count);
    },
  });
}

/** Sorts and cuts before it writes any text; one row more than asked tells whether there is a next page. */
function pageSelect(view: View, { offset, limit }: { readonly offset: number; readonly limit: number }) {
  const bindings = createBindings();
  const where = whereClause(view, bindings);
  const order = orderClause(view);
  const names = view.rows.columns.map((_, position) => columnName(position));
  const window = `LIMIT ${Math.trunc(limit) + 1} OFFSET ${Math.max(0, Math.trunc(offset))}`;
  const rows = `SELECT ${names.join(', ')} FROM kept${where}${order} ${window}`;
  return { sql: `SELECT ${wireRow(view.rows.columns, names)} FROM (${rows})`, parameters: bindings.parameters };
}
