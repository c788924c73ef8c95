import type { Column, Shelf } from './column';
import { findText } from './find-text';
import { markSet } from './mark-set';
import type { Word } from './question';
import { addBits, countBits, noBits, type Bits } from './row-set';

/** A word to look for in columns of the index in `folder`. */
export interface WordSearch extends Word {
  readonly folder: string;
  readonly rows: number;
}

/** A part of a search that somebody does beside us. */
export interface OtherPart {
  /** Waits for the rows, calling `check` now and then. Throws where they could not be found. */
  wait(check: () => void): Bits;
  /** Nobody waits for it any more. */
  giveUp(): void;
}

/** Another thread that takes a part of a search. */
export interface Beside {
  /** Of columns that take more than this in all, a part is given away; those of a quarter are not worth it. */
  readonly worthBytes: number;
  begin(search: WordSearch): OtherPart;
}

export interface SearchHelp {
  /** Called between steps; throws where nobody waits any more. */
  readonly check: () => void;
  readonly beside?: Beside;
}

/** Adds the rows in which a word occurs in one of the columns, until all rows are found. */
const addRows = (
  found: Bits,
  columns: readonly Column[],
  { word, rows, check }: { word: string; rows: number; check: () => void },
): void => {
  for (const column of columns) {
    check();
    const set = findText(column, { text: word, at: 'anywhere', check });
    if ('low' in set && set.low >= set.high) continue;
    markSet(found, column, { set, not: false, how: 'any' });
    // The next one takes its memory.
    column.drop();
    if (countBits(found) === rows) break;
  }
};

/** Two parts that take about the same time, the largest columns dealt out first. */
const dealtOut = (columns: readonly Column[]): { own: Column[]; others: Column[] } => {
  const parts = { own: [] as Column[], others: [] as Column[] };
  let lead = 0;
  for (const column of columns.toReversed()) {
    parts[lead > 0 ? 'others' : 'own'].push(column);
    lead += lead > 0 ? -column.facts.pieceBytes : column.facts.pieceBytes;
  }
  return parts;
};

/** Begins the search in some of the columns beside us, where that is worth it; tells what is left to do. */
const share = (columns: readonly Column[], search: WordSearch, beside: Beside | undefined) => {
  const bytes = columns.reduce((sum, { facts }) => sum + facts.pieceBytes, 0);
  if (beside === undefined || bytes < beside.worthBytes) return { own: columns, other: undefined };
  const { own, others } = dealtOut(columns);
  return { own, other: others.length > 0 ? beside.begin({ ...search, columns: others.map(({ number }) => number) }) : undefined };
};

/** The rows in which a word occurs, in whichever column; columns of few values are asked first, for they may settle it. */
export function findWord(shelf: Shelf, search: WordSearch, { check, beside }: SearchHelp): Bits {
  const { word, rows } = search;
  const found = noBits(rows);
  const bySize = search.columns
    .map((number) => shelf.column(number))
    .toSorted((left, right) => left.facts.pieceBytes - right.facts.pieceBytes);
  const isSmall = ({ facts }: Column): boolean => facts.pieceBytes < (beside?.worthBytes ?? 0) / 4;
  addRows(found, bySize.filter(isSmall), { word, rows, check });
  if (countBits(found) === rows) return found;
  const large = bySize.filter((column) => !isSmall(column));
  const { own, other } = share(large, search, beside);
  try {
    addRows(found, own, { word, rows, check });
    if (other) addBits(found, other.wait(check));
  } finally {
    other?.giveUp();
  }
  return found;
}
