import { createShelf, type Shelf } from './column';
import { codesThat, Untold } from './code-sets';
import { countValues } from './facet';
import { findWord, type SearchHelp } from './find-word';
import { groupRows } from './groups';
import { markSet } from './mark-set';
import { pageOf, type Candidates } from './order';
import type { Headline, Question } from './question';
import { allBits, countBits, keepBits, listBits, someBits, type Bits } from './row-set';

export interface Looking extends SearchHelp {
  readonly folder: string;
  readonly rows: number;
  readonly question: Question;
}

/** The rows of a view; null: all of them. */
const rowsOf = (shelf: Shelf, looking: Looking): Bits | null => {
  const { tests, words } = looking.question;
  if (tests.length === 0 && words.length === 0) return null;
  const left = allBits(looking.rows);
  for (const test of tests) {
    looking.check();
    const column = shelf.column(test.column);
    markSet(left, column, { set: codesThat(column, test, looking.check), not: test.not, how: 'only' });
  }
  const { folder, rows } = looking;
  for (const word of words) keepBits(left, findWord(shelf, { ...word, folder, rows }, looking));
  return left;
};

const rowTexts = (shelf: Shelf, rows: readonly number[], columns: readonly number[]): string[] => {
  const open = columns.map((number) => shelf.column(number));
  return rows.map((row) => `[${open.map((column) => column.wire(column.codeOf(row))).join(',')}]`);
};

interface Answer {
  readonly headline: Headline;
  readonly lines: readonly string[];
}

const candidatesOf = (left: Bits | null): Candidates => left && listBits(left);

const placesOf = (shelf: Shelf, left: Bits | null, { question: { sort, wanted }, rows }: Looking): number[] => {
  if (wanted.kind !== 'places') return [];
  const { offset, limit } = wanted;
  if (sort.length === 0 && left !== null) return someBits(left, offset, limit);
  return pageOf(shelf, candidatesOf(left), { sort, rows, offset, limit });
};

const narrowed = (shelf: Shelf, looking: Looking): Answer => {
  const { wanted, sort } = looking.question;
  if (sort.some(({ column }) => shelf.column(column).facts.ties)) throw new Untold('an order with ties between different values');
  const left = rowsOf(shelf, looking);
  looking.check();
  const count = left === null ? looking.rows : countBits(left);
  if (wanted.kind === 'facet') {
    const column = shelf.column(wanted.column);
    if (column.facts.ties) throw new Untold('values that differ and are counted as one');
    const { top, distinct, blank, rows } = countValues(column, candidatesOf(left), wanted.limit);
    return {
      headline: { count, totals: [rows, blank, distinct] },
      lines: top.map(({ code, rows: own }) => `[${column.wire(code)},${own}]`),
    };
  }
  // So few are drawn as they are.
  if (wanted.kind === 'groups' && count <= wanted.groups.limit) return { headline: { count }, lines: [] };
  if (wanted.kind === 'groups')
    return { headline: { count }, lines: groupRows(shelf, candidatesOf(left), { ...wanted.groups, rows: looking.rows }) };
  return { headline: { count }, lines: placesOf(shelf, left, looking).map(String) };
};

const answer = (shelf: Shelf, looking: Looking): Answer => {
  const { wanted } = looking.question;
  if (wanted.kind !== 'texts') return narrowed(shelf, looking);
  return { headline: { count: wanted.rows.length }, lines: rowTexts(shelf, wanted.rows, wanted.columns) };
};

/** Answers a question from an index alone: the headline, then its lines. */
export function* look(looking: Looking): Generator<string> {
  const shelf = createShelf(looking.folder);
  try {
    const { headline, lines } = answer(shelf, looking);
    yield JSON.stringify(headline);
    yield* lines;
  } catch (error) {
    if (!(error instanceof Untold)) throw error;
    yield 'null';
  } finally {
    shelf.close();
  }
}
