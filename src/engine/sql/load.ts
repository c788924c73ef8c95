import type { LoadColumn } from '../requests';
import { cellForms, type CellForm } from './cell';
import { identifier, literal, literals } from './quote';

/** Lines are JSON objects read by property, or JSON arrays read by position. */
export type LineShape = 'objects' | 'arrays';

/** The function that `child/raw-cell.ts` registers: the exact text of one cell of a line. */
export const rawCellFunction = 'engine_raw_cell';

/** How the lines of files are read, and what is asked of them. */
export interface Reading {
  readonly shape: LineShape;
  /** `usual` lines are read in small buffers by all threads; `long` ones, up to 16 MB, take large buffers and one thread. */
  readonly lines: 'usual' | 'long';
}

const bufferOptions: Readonly<Record<Reading['lines'], string>> = {
  usual: 'max_line_size = 2097152, buffer_size = 4194304',
  long: 'max_line_size = 16777216, buffer_size = 33554432, parallel = false',
};

const lineOptions = ({ lines }: Reading): string =>
  `columns = {'line': 'VARCHAR'}, delim = '\u0001', quote = '', escape = '', header = false, auto_detect = false, ${bufferOptions[lines]}`;

/** Whether a reading met a line longer than its buffers take. */
export const isLongLine = (error: unknown): boolean =>
  error instanceof Error && /maximum line size|Parallel CSV Reader/i.test(error.message);

const pathOf = (column: LoadColumn, index: number, shape: LineShape): string =>
  shape === 'arrays' ? `$[${index}]` : `$."${(column.property ?? column.name).replaceAll('"', '\\"')}"`;

const addressOf = (column: LoadColumn, index: number, shape: LineShape): string =>
  shape === 'arrays' ? `#${index}` : (column.property ?? column.name);

/** A fraction or exponent outside a string: DuckDB rewrites such numbers (1.10 to 1.1), so their exact text is fetched. */
const rewritten = (x: string): string => `regexp_matches(${x}, '(^|[:,\\[])-?[0-9]+[.eE]')`;

interface Cell {
  readonly column: LoadColumn;
  readonly text: string;
}

function cells(
  columns: readonly LoadColumn[],
  shape: LineShape,
): { readonly cells: readonly Cell[]; readonly texts: readonly string[]; readonly jsons: readonly string[] } {
  const texts: string[] = [];
  const jsons: string[] = [];
  const found = columns.map((column, index): Cell => {
    const path = pathOf(column, index, shape);
    const list = cellForms[column.type].cell === 'json' ? jsons : texts;
    const place = list.push(path);
    // An array's texts are taken all at once, so they stand at their own places.
    const plain = list === jsons ? `j[${place}]` : `t[${shape === 'arrays' ? index + 1 : place}]`;
    if (column.type !== 'dynamic' && column.type !== 'decimal') return { column, text: plain };
    const raw = `${rawCellFunction}(line, ${literal(addressOf(column, index, shape))})`;
    // A decimal may come as a number or, quoted, as a string of digits.
    const exact = column.type === 'decimal' ? `trim(${raw}, '"')` : raw;
    return { column, text: `CASE WHEN ${rewritten(plain)} THEN ${exact} ELSE ${plain} END` };
  });
  return { cells: found, texts, jsons };
}

const listOf = (call: string, paths: readonly string[]): string =>
  paths.length > 0 ? `${call}(line, ${literals(paths)})` : 'NULL::VARCHAR[]';

/** The texts of a line. One reading of an array costs half of as many extractions by path. */
const textsOf = (paths: readonly string[], shape: LineShape): string =>
  shape === 'arrays' ? `from_json(line, '["VARCHAR"]')` : listOf('json_extract_string', paths);

/** `null` inside JSON is dynamic(null), and a blank is no value in any typed column. */
const blankAsNull = ({ column, text }: Cell): string => {
  if (column.type === 'dynamic') return `nullif(CAST(${text} AS VARCHAR), 'null')`;
  return column.type === 'string' ? text : `nullif(${text}, '')`;
};

/** Two layers, so that a cell's text is written once however often its conversion names it. */
const source = (from: readonly string[], columns: readonly LoadColumn[], reading: Reading): string => {
  const { shape } = reading;
  const { cells: found, texts, jsons } = cells(columns, shape);
  const lists = `SELECT line, ${textsOf(texts, shape)} AS t, ${listOf('json_extract', jsons)} AS j FROM read_csv(${literals(from)}, ${lineOptions(reading)}) WHERE line <> ''`;
  return `SELECT ${found.map((cell, index) => `${blankAsNull(cell)} AS x${index}`).join(', ')} FROM (${lists})`;
};

const misfit = (x: string, value: string): string => `(${x} IS NOT NULL AND (${value}) IS NULL)`;

const strictValue = (form: CellForm, x: string): string =>
  form.strict?.(x) ?? `CASE WHEN ${x} IS NOT NULL THEN coalesce(${form.value(x)}, error('misfit')) END`;

/** Whether a strict reading failed on a cell that does not fit, and not on anything else. */
export const isMisfit = (error: unknown): boolean => error instanceof Error && /misfit|^Conversion Error/.test(error.message);

/** The SELECT that turns lines into typed columns. `strict` fails on the first cell that does not fit its type; else such a cell is null. */
export function loadSelect(
  from: readonly string[],
  columns: readonly LoadColumn[],
  options: Reading & { readonly strict: boolean },
): string {
  const fields = columns.map((column, index) => {
    const form = cellForms[column.type];
    const x = `x${index}`;
    const value = options.strict ? strictValue(form, x) : form.value(x);
    return `CAST(${value} AS ${form.sqlType}) AS ${identifier(column.name)}`;
  });
  return `SELECT ${fields.join(', ')} FROM (${source(from, columns, options)})`;
}

/** Counts, for each column in order, the cells that did not fit. */
export function misfitSelect(from: readonly string[], columns: readonly LoadColumn[], reading: Reading): string {
  const counts = columns.map((column, index) =>
    column.type === 'string' || column.type === 'dynamic'
      ? '0'
      : `count(*) FILTER (WHERE ${misfit(`x${index}`, cellForms[column.type].value(`x${index}`))})`,
  );
  return `SELECT ${counts.join(', ')} FROM (${source(from, columns, reading)})`;
}
