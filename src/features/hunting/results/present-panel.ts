import { splitRow } from '../kept/row-cells';
import { columnView } from '../kept/cell-view';
import type { Column } from '../../../kql/schema';
import { dynamicTree } from './dynamic-tree';
import type { PanelFieldView, PanelView } from './grid-view';
import { kqlName } from './kql-condition';
import { partsView } from './present-parts';
import { zonedCell } from './present-rows';
import { rowsPerPage, type OpenRow } from './results-room';
import { valueActions, type ValuePlace } from './value-actions';
import { viewHref } from './view-state';

interface PanelPlace extends ValuePlace {
  readonly row: number;
  /** Positions of the columns of the view. */
  readonly chosen: readonly number[];
}

/** A row has room: nearly every value is shown whole. */
const longestShown = 10_000;
const lengthOfLong = 1_500;

const wholeHref = ({ path, state, row }: PanelPlace, position: number): string => {
  const href = viewHref(`${path}/cell.txt`, { ...state, facet: null, chart: null, page: 1, part: 1 }, { row });
  return `${href}&column=${position}`;
};

const field = (place: PanelPlace, position: number, json: string): Omit<PanelFieldView, 'inTable'> => {
  const column = place.columns[position] as Column;
  const { name, type } = columnView(column);
  const cell = zonedCell(column, json, { zone: place.state.zone, most: longestShown });
  const { tree, note } = dynamicTree(json, kqlName(column.name));
  return {
    name,
    type,
    cell,
    long: cell.text.length > lengthOfLong,
    wholeHref: cell.hidden > 0 ? wholeHref(place, position) : null,
    tree,
    treeNote: note,
    actions: valueActions(place, position, json),
  };
};

/** Everything about one row, one line a column: those of the table first, hidden ones too. */
export const panelView = ({ text, more, shown, part }: OpenRow, place: PanelPlace): PanelView => {
  const { path, state, row, chosen, columns } = place;
  const to = (change: Partial<typeof state>): string => `${viewHref(path, state, change)}#row-panel`;
  const toRow = (other: number): string => to({ row: other, page: Math.floor(other / rowsPerPage) + 1 });
  const inView = new Set(chosen);
  const values = splitRow(text);
  return {
    title: `Row ${row + 1}`,
    closeHref: `${viewHref(path, state, { row: null })}#results`,
    previousHref: row > 0 ? toRow(row - 1) : null,
    nextHref: more ? toRow(row + 1) : null,
    parts: partsView('Columns of this row', { shown, part, all: columns.length }, (other) => to({ part: other })),
    fields: shown.map((position, at) => ({ ...field(place, position, values[at] ?? 'null'), inTable: inView.has(position) })),
  };
};
