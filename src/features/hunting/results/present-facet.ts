import type { Column, KqlType } from '../../../kql/schema';
import { columnView } from '../kept/cell-view';
import type { FacetView } from './grid-view';
import { zonedCell } from './present-rows';
import { longestInLink } from './value-actions';
import { viewHref, type FilterState, type ViewState } from './view-state';
import { countText as count } from '../runs/present-run';

/** The most frequent values of one column over a view. */
export interface Facet {
  /** Values as a filter takes them, with how many rows have each, most frequent first. */
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  /** How many different values there are, the empty one not counted. */
  readonly distinct: number;
  /** Rows without a value. */
  readonly empty: number;
}

/** A facet is a short list beside the rows. */
const longestShown = 300;

const bare = new Set<KqlType>(['bool', 'int', 'long', 'real', 'dynamic']);

/** A value's text back in wire form, for showing it as a cell. */
const wireOf = (type: KqlType, text: string): string =>
  bare.has(type) && text !== '' && !/^-?(NaN|Infinity)$/.test(text) ? text : JSON.stringify(text);

const filterFor = (column: number, value: string | null, positive: boolean): FilterState =>
  value === null ? { column, test: positive ? 'empty' : 'filled', value: '' } : { column, test: positive ? 'is' : 'not', value };

const summaryOf = ({ distinct, values }: Facet): string =>
  distinct > values.length
    ? `The ${values.length} most frequent of ${count(distinct)} values`
    : `${count(distinct)} ${distinct === 1 ? 'value' : 'values'}`;

/** The facet panel of the column that the view names. */
export const facetView = (
  facet: Facet,
  column: Column,
  { path, state, position }: { readonly path: string; readonly state: ViewState; readonly position: number },
): FacetView => {
  const most = Math.max(1, facet.empty, ...facet.values.map(({ rows }) => rows));
  const narrowed = (value: string | null, positive: boolean): string | null =>
    (value ?? '').length > longestInLink
      ? null
      : viewHref(path, state, { filters: [...state.filters, filterFor(position, value, positive)] });
  const line = (value: string | null, rows: number): FacetView['values'][number] => ({
    cell: zonedCell(column, value === null ? '""' : wireOf(column.type, value), { zone: state.zone, most: longestShown }),
    count: count(rows),
    share: Math.round((100 * rows) / most),
    onlyHref: narrowed(value, true),
    withoutHref: narrowed(value, false),
  });
  return {
    column: columnView(column).name,
    closeHref: viewHref(path, state, { facet: null }),
    summary: summaryOf(facet),
    values: [...facet.values.map(({ value, rows }) => line(value, rows)), ...(facet.empty > 0 ? [line(null, facet.empty)] : [])],
  };
};
