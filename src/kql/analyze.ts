import type { Column, Schema } from './schema';
import type { Diagnostic } from './diagnostics';
import type { Render } from './translate/translation';
import { checkedQuery } from './bind/checked-query';

/** What can be said about a query without running it. */
export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  /** Tables of the schema that the query names. */
  readonly tables: readonly string[];
  readonly columns?: readonly Column[];
  readonly render?: Render;
  /** The time column the query filters by, and how far back it looks where that is plain. */
  readonly timeFilter?: { readonly column: string; readonly lookBackTicks?: bigint };
  /** Whether answers of time slices may be concatenated. */
  readonly rowWise?: { readonly timeColumn: string } | { readonly why: string };
  /** The rows that the query itself asks for (take, top). */
  readonly userTake?: number;
}

export function analyze(query: string, schema: Schema): Analysis {
  const checked = checkedQuery(query, schema);
  if (!checked.ok) return { diagnostics: checked.diagnostics, tables: [] };
  const type = checked.query.expression.type;
  return { diagnostics: checked.query.notes, tables: [], ...(type?.kind === 'table' ? { columns: type.columns } : {}) };
}
