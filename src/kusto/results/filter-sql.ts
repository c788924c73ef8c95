import type { Column, KqlType } from '../../kql/schema';
import type { Parameter } from '../../engine/requests';
import type { Bindings } from './bindings';
import { datetimeText, timespanText } from '../wire-form';
import { parameterOf } from '../wire-value';
import { columnName } from './kept-rows';
import { ViewError, type Filter, type View } from './view';

/** The column at a position. Throws ViewError. */
export const columnAt = (view: View, position: number): Column => {
  const column = view.rows.columns[position];
  if (column === undefined) throw new ViewError('no-such-column', position, `there is no column ${position}`);
  return column;
};

/** What a person sees of a value, without the quotes of the wire form; the text that contains and search look into. */
export const shown = (column: Column, x: string): string => {
  if (column.type === 'string' || column.type === 'guid' || column.type === 'decimal') return x;
  if (column.type === 'datetime') return `(${datetimeText(x)})`;
  if (column.type === 'timespan') return `(${timespanText(x)})`;
  return `CAST(${x} AS VARCHAR)`;
};

/** Digits and signs are no letters' other case, so a text of them alone is looked for in the values as they are. */
const asLooked = (text: string, shownText: string): string => (/^[\0-@[-`{-\x7f]*$/.test(text) ? shownText : `lower(${shownText})`);

/** A value in a form whose order is the order of the type. */
export const comparable = (column: Column, x: string): string => {
  if (column.type === 'decimal') return `TRY_CAST(${x} AS DOUBLE)`;
  return column.type === 'dynamic' ? `CAST(${x} AS VARCHAR)` : x;
};

/** What a filter compares a column with. Throws ViewError. */
export const comparedWith = (column: Column, position: number, text: string): Parameter => {
  const parameter = parameterOf(column.type, text);
  if (parameter === undefined) throw new ViewError('not-a-value', position, `not a ${column.type}: ${text.slice(0, 80)}`);
  return parameter;
};

/** Null, or '' in a string column. */
export const isEmpty = (column: Column, x: string): string => (column.type === 'string' ? `${x} = ''` : `${x} IS NULL`);

/** What a filter's SQL is made of: the column, its SQL name, and how a value or a text of the filter is bound. */
interface Operand {
  readonly column: Column;
  readonly x: string;
  readonly bound: (text: string) => string;
  readonly boundText: (text: string) => string;
}

type Tests = { readonly [T in Filter['test']]: (filter: Extract<Filter, { test: T }>, operand: Operand) => string };
type Listed = { readonly values: readonly string[] };
type Texted = { readonly text: string };

/** A decimal's digits without the zeros that say nothing: `1.10` is `1.1`. */
const digits = (x: string): string => `CASE WHEN contains(${x}, '.') THEN rtrim(rtrim(${x}, '0'), '.') ELSE ${x} END`;

/** Decimals have up to 34 digits, of which a double tells 17: those that look the same to it are told apart by their digits. */
const isDecimal = (value: string, { column, x, bound, boundText }: Operand): string => {
  const text = boundText(value.trim());
  const written = `(${digits(x)}) = (${digits(text)}) OR contains(lower(${x}), 'e') OR contains(${text}, 'e')`;
  return `coalesce(${comparable(column, x)} = ${bound(value)} AND (${written}), false)`;
};

const isListed = (values: readonly string[], operand: Operand): string =>
  operand.column.type === 'decimal'
    ? values.map((value) => isDecimal(value, operand)).join(' OR ')
    : `coalesce(${comparable(operand.column, operand.x)} IN (${values.map(operand.bound).join(', ')}), false)`;

// A comparison with null is neither true nor false, so each is settled before it is negated.
const isIn = ({ values }: Listed, operand: Operand): string => {
  const { column, x } = operand;
  // '' stands for the empty value of every type, so that a person can choose "7 or nothing".
  const filled = column.type === 'string' ? values : values.filter((each) => each !== '');
  const listed = filled.length === 0 ? [] : [isListed(filled, operand)];
  const all = [...listed, ...(filled.length < values.length ? [isEmpty(column, x)] : [])];
  return all.length === 0 ? 'false' : `(${all.join(' OR ')})`;
};
const holds = ({ text }: Texted, { column, x, boundText }: Operand): string =>
  `coalesce(contains(${asLooked(text, shown(column, x))}, ${boundText(text)}), false)`;
const isNotIn = (filter: Listed, operand: Operand): string => `NOT ${isIn(filter, operand)}`;

const tests: Tests = {
  equals: isIn,
  in: isIn,
  'not-equals': isNotIn,
  'not-in': isNotIn,
  contains: holds,
  'not-contains': (filter, operand) => `NOT ${holds(filter, operand)}`,
  'starts-with': ({ text }, { column, x, boundText }) =>
    `coalesce(starts_with(${asLooked(text, shown(column, x))}, ${boundText(text)}), false)`,
  range: ({ from, to }, { column, x, bound }) => {
    const lower = from === undefined ? [] : [`coalesce(${comparable(column, x)} >= ${bound(from)}, false)`];
    const upper = to === undefined ? [] : [`coalesce(${comparable(column, x)} <= ${bound(to)}, false)`];
    return [...lower, ...upper].join(' AND ') || 'true';
  },
  empty: (_filter, { column, x }) => isEmpty(column, x),
  'not-empty': (_filter, { column, x }) => `NOT (${isEmpty(column, x)})`,
};

function condition(filter: Filter, column: Column, bindings: Bindings): string {
  const operand: Operand = {
    column,
    x: columnName(filter.column),
    bound: (text) => bindings.bind(comparedWith(column, filter.column, text)),
    boundText: (text) => bindings.bind(text.toLowerCase()),
  };
  const write = tests[filter.test] as (filter: Filter, operand: Operand) => string;
  return write(filter, operand);
}

/** Which words can stand in the text of a value of a type at all: writing ten million times as text to find no letter in them takes long. */
const spellings: Partial<Record<KqlType, RegExp>> = {
  bool: /^(t?r?u?e?|f?a?l?s?e?)$/,
  int: /^[-\d]+$/,
  long: /^[-\d]+$/,
  real: /^[-+.\deinfa]+$/,
  decimal: /^[-+.\de]+$/,
  datetime: /^[-:.\dtz]+$/,
  timespan: /^[-:.\d]+$/,
  guid: /^[-\da-f]+$/,
};

/** The words of a search, and the columns that each can stand in. */
export const wordsIn = ({ rows, search = '' }: View): { readonly word: string; readonly columns: readonly number[] }[] =>
  searchWords(search).map((word) => ({
    word,
    columns: rows.columns.flatMap(({ type }, position) => ((spellings[type]?.test(word) ?? true) ? [position] : [])),
  }));

const searchCondition = (view: View, bindings: Bindings): string[] =>
  wordsIn(view).map(({ word, columns }) => {
    const needle = bindings.bind(word);
    // One test a column: DuckDB then looks at each different value of a column of few values once.
    const places = columns.map(
      (position) => `coalesce(contains(${asLooked(word, shown(columnAt(view, position), columnName(position)))}, ${needle}), false)`,
    );
    return places.join(' OR ') || 'false';
  });

const searchWords = (search: string): string[] =>
  search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** Whether a view leaves any row out. */
export const isNarrowed = ({ filters = [], search = '' }: View): boolean => filters.length > 0 || searchWords(search).length > 0;

/** The WHERE clause of a view, or nothing. Throws ViewError. */
export function whereClause(view: View, bindings: Bindings): string {
  const filters = (view.filters ?? []).map((filter) => condition(filter, columnAt(view, filter.column), bindings));
  const conditions = [...filters, ...searchCondition(view, bindings)];
  return conditions.length === 0 ? '' : ` WHERE ${conditions.map((each) => `(${each})`).join(' AND ')}`;
}

/** The keys of a view's order: what is compared, and which way. Nulls are last when descending and first when ascending, as Kusto sorts. */
export const sortKeys = (view: View): { readonly sql: string; readonly way: string }[] =>
  (view.sort ?? []).map(({ column, descending }) => ({
    sql: comparable(columnAt(view, column), columnName(column)),
    way: descending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST',
  }));

/** ORDER BY; equal rows keep the order they came in. */
export function orderClause(view: View): string {
  const keys = sortKeys(view).map(({ sql, way }) => `${sql} ${way}`);
  return keys.length === 0 ? '' : ` ORDER BY ${[...keys, 'position'].join(', ')}`;
}
