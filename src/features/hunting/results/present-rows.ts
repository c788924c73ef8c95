import type { Column } from '../../../kql/schema';
import { cellView, columnView, type CellView } from '../kept/cell-view';
import { splitRow } from '../kept/row-cells';
import type { GridCellView, GridRowView } from './grid-view';
import { viewHref, type ViewState } from './view-state';
import { zoneText } from './zone-time';

/** One value as the page shows it, times in the reader's zone. */
export const zonedCell = (column: Column, json: string, { zone, most }: { readonly zone: string; readonly most: number }): CellView => {
  const cell = cellView(column.type, json, most);
  return cell.kind === 'time' && cell.datetime !== null ? { ...cell, text: zoneText(cell.datetime, zone) } : cell;
};

/** A row is one line, and no line is so wide that more of a value would be seen; the row's panel has more of it. */
const lineLength = 500;

const breaks = /(\r\n|[\r\n\t])/;

/** A null stands on the side where the column's values stand; a text of spaces alone is marked. */
const classesOf = ({ kind, text }: CellView, numeric: boolean): string => {
  if (kind === 'text') return text.trim() === '' ? 'blank' : '';
  if (kind === 'number') return 'num';
  return kind === 'null' && numeric ? 'null num' : kind;
};

const lineCell = (cell: CellView, numeric: boolean): GridCellView => ({
  ...cell,
  pieces: breaks.test(cell.text) ? cell.text.split(breaks) : null,
  classes: classesOf(cell, numeric),
});

interface RowPlace {
  readonly path: string;
  readonly state: ViewState;
  readonly columns: readonly Column[];
  readonly shown: readonly number[];
  /** Position, in the view's order, of the first of `texts`. */
  readonly offset: number;
}

/** Links of a page's rows differ in one number alone: one is written, the others are made from it. Values are percent-encoded, so `row=` stands there once. */
const rowHrefs = (path: string, state: ViewState): ((row: number | null) => string) => {
  const closed = viewHref(path, state, { row: null });
  const [before = '', after = ''] = viewHref(path, state, { row: 0 }).split(/(?<=[?&]row=)0/);
  return (row) => (row === null ? closed : `${before}${row}${after}`);
};

/** The rows of one page; each row's number opens (or closes) its panel. */
export const gridRows = (texts: readonly string[], { path, state, columns, shown, offset }: RowPlace): GridRowView[] => {
  const href = rowHrefs(path, state);
  const reading = { zone: state.zone, most: lineLength };
  const heads = shown.map((position) => columns[position] as Column);
  const numeric = heads.map((column) => columnView(column).numeric);
  return texts.map((text, at) => {
    const values = splitRow(text);
    const row = offset + at;
    const open = state.row === row;
    return {
      number: String(row + 1),
      open,
      href: open ? `${href(null)}#results` : `${href(row)}#row-panel`,
      cells: heads.map((column, index) => lineCell(zonedCell(column, values[index] ?? 'null', reading), numeric[index] === true)),
    };
  });
};
