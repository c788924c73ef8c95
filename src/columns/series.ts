import type { Column, Shelf } from './column';
import { Untold } from './code-sets';
import type { Candidates } from './order';
import type { Groups } from './question';

export interface Asked extends Groups {
  readonly rows: number;
}

/** The series that each candidate is of, as numbers below `count`. */
export interface Series {
  readonly own: Int32Array;
  readonly count: number;
}

/** So many combinations are numbered by a table; of more, those that occur by a map. */
const mostInTable = 1 << 24;

const numbering = (most: number): { readonly of: (key: number) => number; readonly size: () => number } => {
  let size = 0;
  if (most > mostInTable) {
    const map = new Map<number, number>();
    const add = (key: number): number => {
      map.set(key, size);
      return size++;
    };
    return { of: (key) => map.get(key) ?? add(key), size: () => size };
  }
  const table = new Int32Array(most).fill(-1);
  const add = (key: number): number => (table[key] = size++);
  return { of: (key) => (table[key]! < 0 ? add(key) : table[key]!), size: () => size };
};

/** Numbers the combinations of the series columns in the order they come, and tells each candidate's. */
export function seriesOf(shelf: Shelf, candidates: Candidates, { series, rows }: Asked): Series {
  const own = new Int32Array(candidates?.length ?? rows);
  let count = 1;
  for (const number of series) {
    const column = shelf.column(number);
    const { distinct } = column.facts;
    if (count * distinct > Number.MAX_SAFE_INTEGER) throw new Untold('more series than can be told apart');
    const codes = column.codes();
    // Of all rows, every code occurs: the codes of the first column are numbers already.
    if (candidates === null && number === series[0]) {
      own.set(codes);
      count = distinct;
      continue;
    }
    const ids = numbering(count * distinct);
    for (let at = 0; at < own.length; at += 1) own[at] = ids.of(own[at]! * distinct + codes[candidates === null ? at : candidates[at]!]!);
    count = ids.size();
  }
  return { own, count };
}

/** Of each series, the sum of a column's magnitudes; NaN sums are the greatest, and series without any number the least. */
const sizesOf = (y: Column, candidates: Candidates, { own, count }: Series) => {
  const [numbers, codes] = [y.numbers(), y.codes()];
  const [sizes, seen] = [new Float64Array(count), new Uint8Array(count)];
  const least = Number(y.facts.hasNull);
  const add = (series: number, code: number): void => {
    if (code < least) return;
    sizes[series]! += Math.abs(numbers[code]!);
    seen[series] = 1;
  };
  if (candidates === null) for (let row = 0; row < own.length; row += 1) add(own[row]!, codes[row]!);
  else for (let at = 0; at < own.length; at += 1) add(own[at]!, codes[candidates[at]!]!);
  y.drop();
  return { sizes, seen };
};

/** The largest series by the sum of a column's magnitudes, as a place in the picture or -1. */
export function largestSeries(series: Series, y: Column, { candidates, asked }: { candidates: Candidates; asked: Asked }): Int32Array {
  const { sizes, seen } = sizesOf(y, candidates, series);
  const order = Array.from(sizes, (_, id) => id).sort((left, right) => {
    if (seen[left] !== seen[right]) return seen[right]! - seen[left]!;
    const [a, b] = [sizes[left]!, sizes[right]!];
    return Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(b)) - Number(Number.isNaN(a)) : b - a;
  });
  const places = new Int32Array(sizes.length).fill(-1);
  for (const [place, id] of order.slice(0, asked.mostSeries).entries()) places[id] = place;
  return places;
}
