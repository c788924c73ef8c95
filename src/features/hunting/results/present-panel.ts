import type { Column } from '../../../kql/schema';
import { splitRow } from '../kept/row-cells';
import { columnView } from '../kept/cell-view';
import { dynamicTree } from './dynamic-tree';
import type { PanelFieldView, PanelView } from './grid-view';
import { kqlName } from './kql-condition';
import { zonedCell } from './present-rows';
import { valueActions, type ValuePlace } from './value-actions';
import { viewHref } from './view-state';

interface PanelPlace extends ValuePlace {
  readonly row: number;
  readonly more: boolean;
}

const field = (place: PanelPlace, position: number, json: string): PanelFieldView => {
  const column = place.columns[position] as Column;
  const { name, type } = columnView(column);
  return {
    name,
    type,
    cell: zonedCell(column, json, place.state.zone),
    tree: dynamicTree(json, kqlName(column.name)),
    actions: valueActions(place, position, json),
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
