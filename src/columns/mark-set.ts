import type { Column } from './column';
import { hasRows } from './layout';
import { countBits, eachBit, keepBits, markRows, noBits, setBit, type Bits, type CodeSet } from './row-set';

/** The rows of more codes than this, or more than this part of all rows, are as soon found by going through all. */
const fewCodes = 16_384;
const fewRows = 1 / 32;

/** Codes next to each other as runs. */
const runsOf = (set: CodeSet): { low: number; high: number }[] => {
  if ('low' in set) return set.low < set.high ? [set] : [];
  const runs: { low: number; high: number }[] = [];
  eachBit(set.bits, (code) => {
    const run = runs.at(-1);
    if (run?.high === code) run.high = code + 1;
    else runs.push({ low: code, high: code + 1 });
  });
  return runs;
};

/** The rows with one of these codes, where they are few; undefined where they are not, or nothing tells but the rows. */
const rowsOfFew = ({ facts, rowBegin, rowsAt }: Column, set: CodeSet): Uint32Array[] | undefined => {
  if (!hasRows(facts.distinct) || ('bits' in set && countBits(set.bits) > fewCodes)) return undefined;
  let left = facts.rows * fewRows;
  const places = runsOf(set).map(({ low, high }) => ({ from: rowBegin(low), to: rowBegin(high) }));
  for (const { from, to } of places) left -= to - from;
  return left < 0 ? undefined : places.map(({ from, to }) => rowsAt(from, to));
};

/** As `markRows`, by the shortest way: few rows are looked up, many are found by going through all of the column's. */
export function markSet(
  rows: Bits,
  column: Column,
  wanted: { readonly set: CodeSet; readonly not: boolean; readonly how: 'any' | 'only' },
): void {
  const few = wanted.not ? undefined : rowsOfFew(column, wanted.set);
  if (few === undefined) return markRows(rows, column.codes(), wanted);
  const found = wanted.how === 'any' ? rows : noBits(column.facts.rows);
  for (const some of few) for (let at = 0; at < some.length; at += 1) setBit(found, some[at]!);
  if (found !== rows) keepBits(rows, found);
}
