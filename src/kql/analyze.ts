import type { Column, Schema } from './schema';
import type { Diagnostic } from './diagnostics';
import type { Render } from './translate/translation';
import { adviceOn } from './analysis/advice';
import { refusalsIn } from './analysis/refusals';
import { rowWiseOf, userTakeOf, type RowWise } from './analysis/row-wise';
import { tablesOf } from './analysis/tables';
import { timeFilterOf, type TimeFilter } from './analysis/time-filter';
import { nodesOf } from './analysis/tree';
import { examined } from './bind/checked-query';
import { schemaFor } from './bind/fitting-schema';
import { createSourceText } from './diagnostics/source-text';
import { renderingOf } from './operators/rendering';

/** What can be said about a query without running it. */
export interface Analysis {
  /** Errors of the parser and the binder, refusals, and advice; in the order of the text within each kind. */
  readonly diagnostics: readonly Diagnostic[];
  /** Tables of the schema that the query reads. */
  readonly tables: readonly string[];
  readonly columns?: readonly Column[];
  readonly render?: Render;
  /** The time column the query filters by, and how far back it looks where that is plain. */
  readonly timeFilter?: TimeFilter;
  /** Whether answers of time slices may be put together. */
  readonly rowWise?: RowWise;
  /** The rows that the query itself asks for (take, top). */
  readonly userTake?: number;
}

/** Parses and binds a query and says what is wrong or unwise in it. Never throws on user input; no SQL is made. */
export function analyze(query: string, documented: Schema): Analysis {
  const { schema, notes } = schemaFor(query, documented);
  const { root, expression, diagnostics } = examined(query, schema);
  if (!root) return { diagnostics, tables: [] };
  const source = createSourceText(query);
  const known = {
    diagnostics: [...diagnostics, ...refusalsIn(root, source), ...notes, ...adviceOn(root, source, schema)],
    tables: tablesOf(root, schema),
  };
  if (!expression) return known;
  const timeFilter = timeFilterOf(root);
  const userTake = userTakeOf(expression);
  const chart = [...nodesOf(root)].findLast((node) => node.kind === 'RenderOperator');
  return {
    ...known,
    ...(expression.type?.kind === 'table' ? { columns: expression.type.columns } : {}),
    ...(chart ? { render: renderingOf(chart) } : {}),
    ...(timeFilter ? { timeFilter } : {}),
    rowWise: rowWiseOf(root, expression, schema),
    ...(userTake === undefined ? {} : { userTake }),
  };
}
