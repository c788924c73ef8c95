import type { Column } from '../../../kql/schema';
import { columnView } from '../cell-view';
import type { FacetView } from './grid-view';
import { zonedCell } from './present-rows';
import { viewHref, type FilterState, type ViewState } from './view-state';

/** The most frequent values of one column over a view. */
export interface Facet {
  /** Values in wire form with how often they occur, most frequent first. */
  readonly values: readonly { readonly json: string; readonly count: number }[];
  /** How many different values there are. */
  readonly distinct: number;
}

const textOf = (json: string): string => (json.startsWith('"') ? (JSON.parse(json) as string) : json);

const filterFor = (column: number, json: string, positive: boolean): FilterState =>
  json === 'null'
    ? { column, test: positive ? 'empty' : 'filled', value: '' }
    : { column, test: positive ? 'is' : 'not', value: textOf(json) };

const count = (number: number): string => number.toLocaleString('en-US');

/** The facet panel of the column that the view names. */
export const facetView = (
  facet: Facet,
  column: Column,
  { path, state, position }: { path: string; state: ViewState; position: number },
): FacetView => {
  const most = facet.values[0]?.count ?? 1;
  const narrowed = (json: string, positive: boolean): string =>
    viewHref(path, state, { filters: [...state.filters, filterFor(position, json, positive)] });
  const shown = facet.values.length;
  return {
    column: columnView(column).name,
    closeHref: viewHref(path, state, { facet: null }),
    summary:
      facet.distinct > shown
        ? `The ${shown} most frequent of ${count(facet.distinct)} values`
        : `${count(facet.distinct)} ${facet.distinct === 1 ? 'value' : 'values'}`,
    values: facet.values.map(({ json, count: rows }) => ({
      cell: zonedCell(column, json, state.zone),
      count: count(rows),
      share: Math.max(1, Math.round((100 * rows) / most)),
      onlyHref: narrowed(json, true),
      withoutHref: narrowed(json, false),
    })),
  };
};
