import type { Column } from '../../../kql/schema';
import { splitRow } from '../kept/row-cells';
import { columnView, unquoted } from '../kept/cell-view';
import { dynamicTree } from './dynamic-tree';
import { entityLink } from './entity-link';
import type { LinkView, PanelFieldView, PanelView } from './grid-view';
import { kqlName } from './kql-condition';
import { zonedCell } from './present-rows';
import { viewHref, type FilterState, type ViewState } from './view-state';

interface PanelPlace {
  readonly path: string;
  readonly runId: string;
  readonly state: ViewState;
  readonly columns: readonly Column[];
  readonly row: number;
  readonly more: boolean;
}

/** The longest value a link carries; a longer one is reached through the whole row's other columns. */
const longestInLink = 1_500;

const filterFor = (column: number, json: string, test: 'is' | 'not'): FilterState => {
  if (json === 'null') return { column, test: test === 'is' ? 'empty' : 'filled', value: '' };
  return { column, test, value: unquoted(json) };
};

const actionsFor = ({ path, runId, state, columns }: PanelPlace, position: number, json: string): LinkView[] => {
  if (json.length > longestInLink) return [];
  const column = columns[position] as Column;
  const only = viewHref(path, state, { filters: [...state.filters, filterFor(position, json, 'is')] });
  const without = viewHref(path, state, { filters: [...state.filters, filterFor(position, json, 'not')] });
  const add = (test: 'is' | 'not'): string =>
    `/hunting?${new URLSearchParams({ run: runId, add: `${position}.${test}.${json}` }).toString()}`;
  const entity = entityLink(column, unquoted(json));
  return [
    { label: 'Only this', href: only },
    { label: 'Without this', href: without },
    { label: 'Add to query', href: add('is') },
    { label: 'Exclude in query', href: add('not') },
    ...(entity ? [entity] : []),
  ];
};

const field = (place: PanelPlace, position: number, json: string): PanelFieldView => {
  const column = place.columns[position] as Column;
  const { name, type } = columnView(column);
  return {
    name,
    type,
    cell: zonedCell(column, json, place.state.zone),
    tree: dynamicTree(json, kqlName(column.name)),
    actions: actionsFor(place, position, json),
  };
};

/** Everything about one row, one line a column, hidden columns included. `text` is the row in wire form. */
export const panelView = (text: string, place: PanelPlace): PanelView => {
  const { path, state, row, more } = place;
  const to = (other: number): string => `${viewHref(path, state, { row: other })}#row-panel`;
  return {
    title: `Row ${row + 1}`,
    closeHref: `${viewHref(path, state, { row: null })}#results`,
    previousHref: row > 0 ? to(row - 1) : null,
    nextHref: more ? to(row + 1) : null,
    fields: splitRow(text).map((json, position) => field(place, position, json)),
  };
};
