import type { Engine } from '../../engine/engine';
import type { Limits, RowStream, Written } from '../../engine/requests';
import { wireRow } from '../wire-form';
import type { Asking } from './asking';
import { createBindings } from './bindings';
import { csvHeader, csvRow, jsonObject, type CsvOptions } from './csv-sql';
import { orderClause, whereClause } from './filter-sql';
import { columnName, keptRelation } from './kept-rows';
import { fineColumns, parquetSelect } from './parquet-sql';
import type { KeptRows, View } from './view';

export type ResultExports = ReturnType<typeof createResultExports>;

/** An export may take an hour of work on a large result; a reader that stalls is dropped much earlier. */
const limits: Limits = { timeoutMs: 3_600_000 };

const names = (rows: KeptRows): string[] => rows.columns.map((_, position) => columnName(position));

/** Whole views as text or files, streamed: memory stays the same for ten rows and ten million. All reject with EngineError or ViewError. */
export function createResultExports({ engine }: { readonly engine: Pick<Engine, 'rows' | 'text' | 'write'> }) {
  const request = (view: View, row: string, asking: Asking) => {
    const bindings = createBindings();
    const sql = `SELECT ${row} FROM kept${whereClause(view, bindings)}${orderClause(view)}`;
    return { relations: [keptRelation(view.rows)], sql, parameters: bindings.parameters, lane: 'export', limits, ...asking } as const;
  };
  async function* csv(view: View, options: CsvOptions, asking: Asking = {}): AsyncGenerator<string> {
    yield `${csvHeader(view.rows.columns, options)}\r\n`;
    yield* engine.text({ ...request(view, csvRow(view.rows.columns, names(view.rows), options), asking), separator: '\r\n' });
  }
  return Object.freeze({
    /** Rows in wire form, batch after batch. */
    rows: (view: View, asking: Asking = {}): RowStream => engine.rows(request(view, wireRow(view.rows.columns, names(view.rows)), asking)),
    /** CSV by RFC 4180, header first. */
    csv,
    /** One JSON object a line, its members in column order. */
    ndjson: (view: View, asking: Asking = {}): AsyncGenerator<string> =>
      engine.text(request(view, jsonObject(view.rows.columns, names(view.rows)), asking)),
    /** One Parquet file for other programs, at `to` when it is whole: see parquet-sql.ts for its types. */
    async parquet(view: View, to: string, asking: Asking = {}): Promise<Written> {
      const fine = await fineColumns(engine, view, asking);
      const bindings = createBindings();
      const sql = `${parquetSelect(view.rows.columns, fine)} FROM kept${whereClause(view, bindings)}${orderClause(view)}`;
      const { relations, parameters } = { relations: [keptRelation(view.rows)], parameters: bindings.parameters };
      return engine.write({ relations, sql, parameters, to, format: 'parquet', lane: 'export', limits, ...asking });
    },
  });
}
