import { huntingTable } from '../../../kql/hunting-schema';
import { atSourceEnd, pinNow, stepsOf } from './query-lexer';
import type { Run, Slice } from '../runs/run';

export interface SentQuery {
  readonly text: string;
  /** False where nothing tells the service the window of the run: rows from outside of it may come. */
  readonly bounded: boolean;
}

const named = (column: string): string => (/^[A-Za-z_]\w*$/.test(column) ? column : `['${column.replaceAll("'", "\\'")}']`);

/** Bounds in KQL. The last slice takes its end in: rows of that very instant belong to the run. */
const sliceBounds = (column: string, slice: Slice, run: Run): string => {
  const last = slice.window.to === run.window.to;
  return ` | where ${named(column)} >= datetime(${slice.window.from}) and ${named(column)} ${last ? '<=' : '<'} datetime(${slice.window.to})`;
};

const timeColumnOf = (table: string): string | undefined =>
  huntingTable(table)?.columns.find(({ name, type }) => type === 'datetime' && name === 'Timestamp')?.name;

/**
 * Every table of the query narrowed to the window under its own name, on the query's first line, so that the service's messages
 * still name the analyst's lines. undefined where a table is not known to have a time.
 */
const windowLead = ({ analysis, window }: Run): string | undefined => {
  const columns = analysis.tables.map((table) => ({ table, column: timeColumnOf(table) }));
  if (columns.length === 0 || columns.some(({ column }) => column === undefined)) return undefined;
  const narrowed = columns.map(
    ({ table, column }) => `let ${table} = ${table} | where ${column} >= datetime(${window.from}) and ${column} < datetime(${window.to}); `,
  );
  return narrowed.join('');
};

/** `print`, `range` and `datatable` make their own rows: there is no window to apply. */
const readsNoTable = ({ analysis, query }: Run): boolean => {
  const source = stepsOf(query).steps[0]?.text ?? '';
  return analysis.tables.length === 0 && /^(print|range|datatable)\b/.test(source);
};

/** Later than this after the run was made, `now` is no longer what the analyst meant. */
const lateMs = 60_000;

/** The query as the analyst wrote it; asked again later (a retry, the next day), its `now` stays the moment of the run. */
const meant = (run: Run, at: number): string =>
  at - run.createdAt > lateMs ? pinNow(run.query, new Date(run.createdAt).toISOString()) : run.query;

export interface Sending {
  /** Whether the service itself applies the window. */
  readonly appliesWindow: boolean;
  /** The moment of the call. */
  readonly at: number;
}

/**
 * What is sent for a slice. A run over its whole window sends the analyst's own text, with the window beside it or, where the
 * service takes none, in front. A time slice gets its bounds right behind the source, on the same line, and means the same `now`
 * in every slice.
 */
export const queryFor = (run: Run, slice: Slice, { appliesWindow, at }: Sending): SentQuery => {
  const { rowWise } = run.analysis;
  const column = rowWise && 'timeColumn' in rowWise ? rowWise.timeColumn : undefined;
  if (slice.partial && column !== undefined) {
    return { text: atSourceEnd(pinNow(run.query, new Date(run.createdAt).toISOString()), sliceBounds(column, slice, run)), bounded: true };
  }
  const text = meant(run, at);
  if (appliesWindow || readsNoTable(run)) return { text, bounded: true };
  const lead = windowLead(run);
  return { text: (lead ?? '') + text, bounded: lead !== undefined };
};
