import { atSourceEnd, pinNow } from './query-lexer';
import type { Run, Slice } from './run';

/** Bounds in KQL. The last slice takes its end in: rows of that very instant belong to the run. */
const bounds = (column: string, slice: Slice, run: Run): string => {
  const last = slice.window.to === run.window.to;
  const name = /^[A-Za-z_]\w*$/.test(column) ? column : `['${column.replaceAll("'", "\\'")}']`;
  return ` | where ${name} >= datetime(${slice.window.from}) and ${name} ${last ? '<=' : '<'} datetime(${slice.window.to})`;
};

/**
 * The text that is sent for a slice. A run over its whole window sends the analyst's own text, unless the service cannot be told
 * the window; a time slice gets its bounds right behind the source, on the same line, and means the same `now` in every slice.
 */
export const queryFor = (run: Run, slice: Slice, appliesWindow: boolean): string => {
  const rowWise = run.analysis.rowWise;
  const column = rowWise && 'timeColumn' in rowWise ? rowWise.timeColumn : undefined;
  if (!slice.partial && (appliesWindow || column === undefined)) return run.query;
  if (column === undefined) return run.query;
  return atSourceEnd(slice.partial ? pinNow(run.query, new Date(run.createdAt).toISOString()) : run.query, bounds(column, slice, run));
};
