import type { Column } from '../../kql/schema';
import type { Parameter } from '../../engine/requests';
import { wireValue } from '../wire-form';
import { parameterOf } from '../wire-value';
import { columnName } from './kept-rows';
import { ViewError, type Filter, type View } from './view';

/** Collects bound values: `bind` returns the placeholder. */
export interface Bindings {
  readonly parameters: Parameter[];
  bind(value: Parameter): string;
}

export function createBindings(): Bindings {
  const parameters: Parameter[] = [];
  return { parameters, bind: (value) => `$${parameters.push(value)}` };
}

const columnAt = (view: View, position: number): Column => {
  const column = view.rows.columns[position];
  if (column === undefined) throw new ViewError('no-such-column', position, `there is no column ${position}`);
  return column;
};

/** What a person sees of a value, without the quotes of the wire form; the text that contains and search look into. */
export const shown = (column: Column, x: string): string => {
  if (column.type === 'string' || column.type === 'guid' || column.type === 'decimal') return x;
  if (column.type === 'datetime' || column.type === 'timespan') return `trim(${wireValue(column.type, x)}, '"')`;
  return `CAST(${x} AS VARCHAR)`;
};

const comparable = (column: Column, x: string): string => {
  if (column.type === 'decimal') return `TRY_CAST(${x} AS DOUBLE)`;
  return column.type === 'dynamic' ? `CAST(${x} AS VARCHAR)` : x;
};

const value = (column: Column, position: number, text: string): Parameter => {
  const parameter = parameterOf(column.type, text);
  if (parameter === undefined) throw new ViewError('not-a-value', position, `not a ${column.type}: ${text.slice(0, 80)}`);
  return parameter;
};

const isEmpty = (column: Column, x: string): string => (column.type === 'string' ? `${x} = ''` : `${x} IS NULL`);

function condition(filter: Filter, column: Column, bindings: Bindings): string {
  const x = columnName(filter.column);
  const bindText = (text: string): string => bindings.bind(text.toLowerCase());
  const bound = (text: string): string => bindings.bind(value(column, filter.column, text));
  switch (filter.test) {
    case 'equals':
    case 'in':
      return `coalesce(${comparable(column, x)} IN (${filter.values.map(bound).join(', ')}), false)`;
    case 'not-equals':
    case 'not-in':
      return `NOT coalesce(${comparable(column, x)} IN (${filter.values.map(bound).join(', ')}), false)`;
    case 'contains':
      return `coalesce(contains(lower(${shown(column, x)}), ${bindText(filter.text)}), false)`;
    case 'not-contains':
      return `NOT coalesce(contains(lower(${shown(column, x)}), ${bindText(filter.text)}), false)`;
    case 'starts-with':
      return `coalesce(starts_with(lower(${shown(column, x)}), ${bindText(filter.text)}), false)`;
    case 'range':
      return (
        [
          ...(filter.from === undefined ? [] : [`coalesce(${comparable(column, x)} >= ${bound(filter.from)}, false)`]),
          ...(filter.to === undefined ? [] : [`coalesce(${comparable(column, x)} <= ${bound(filter.to)}, false)`]),
        ].join(' AND ') || 'true'
      );
    case 'empty':
      return isEmpty(column, x);
    case 'not-empty':
      return `NOT (${isEmpty(column, x)})`;
  }
}

const searchCondition = (view: View, bindings: Bindings): string[] =>
  (view.search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const needle = bindings.bind(word.toLowerCase());
      // Columns are joined by a line feed, which no word can hold, so that one scan serves them all.
      const all = view.rows.columns.map((column, position) => shown(column, columnName(position)));
      return `contains(lower(concat_ws(chr(10), ${all.join(', ')})), ${needle})`;
    });

/** The WHERE clause of a view, or nothing. Throws ViewError. */
export function whereClause(view: View, bindings: Bindings): string {
  const filters = (view.filters ?? []).map((filter) => condition(filter, columnAt(view, filter.column), bindings));
  const conditions = [...filters, ...searchCondition(view, bindings)];
  return conditions.length === 0 ? '' : ` WHERE ${conditions.map((each) => `(${each})`).join(' AND ')}`;
}

/** ORDER BY: nulls last when descending and first when ascending, as Kusto sorts; equal rows keep the order they came in. */
export function orderClause(view: View): string {
  const keys = (view.sort ?? []).map(({ column, descending }) => {
    const x = comparable(columnAt(view, column), columnName(column));
    return `${x} ${descending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`;
  });
  return keys.length === 0 ? '' : ` ORDER BY ${[...keys, 'position'].join(', ')}`;
}
