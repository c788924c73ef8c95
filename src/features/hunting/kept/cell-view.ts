import { invisible, visible } from '../../../http/visible-text';
import type { Column, KqlType } from '../../../kql/schema';

export { invisible, visible };

/** One cell as the page shows it. */
export interface CellView {
  readonly kind: 'null' | 'empty' | 'text' | 'number' | 'time' | 'dynamic';
  readonly text: string;
  /** The machine's form of a time. */
  readonly datetime: string | null;
  /** How many characters are not shown. */
  readonly hidden: number;
}

export interface ColumnView {
  readonly name: string;
  readonly type: KqlType;
  readonly numeric: boolean;
}

/** A longer cell is cut on the page, never in an export. */
const usualLength = 2_000;

/** The beginning of a text, no character cut in two. */
const beginning = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

const cell = (kind: CellView['kind'], text: string, most: number): CellView => {
  const shown = beginning(text, most);
  return { kind, text: visible(shown), datetime: null, hidden: text.length - shown.length };
};

const numeric = new Set<KqlType>(['int', 'long', 'real', 'decimal', 'timespan']);

/** A wire-form value as its own text: a string without its quotes, everything else as it stands. */
export const unquoted = (json: string): string => (json.startsWith('"') ? (JSON.parse(json) as string) : json);

/** `2026-08-07T13:05:09.1234567Z` as `2026-08-07 13:05:09.1234567 UTC`. */
export const timeText = (iso: string): string => iso.replace('T', ' ').replace(/Z$/, ' UTC');

const shownAs = (type: KqlType, json: string, most: number): CellView => {
  if (type === 'dynamic') return cell('dynamic', json, most);
  const text = unquoted(json);
  if (type === 'datetime') return { ...cell('time', timeText(text), most), datetime: text };
  return cell(numeric.has(type) ? 'number' : 'text', text, most);
};

/** `json` is one value in wire form, of which `most` characters are shown. null is told apart from the empty string. */
export const cellView = (type: KqlType, json: string, most = usualLength): CellView => {
  if (json === 'null') return cell('null', 'null', most);
  if (json === '""') return cell('empty', '', most);
  return shownAs(type, json, most);
};

/** A column as the page names it; one without a name needs words, or its links had none. */
export const columnView = (column: Column): ColumnView => ({
  name: column.name.trim() === '' ? '(no name)' : visible(column.name),
  type: column.type,
  numeric: numeric.has(column.type),
});
