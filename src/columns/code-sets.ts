import type { Column } from './column';
import { findText } from './find-text';
import type { Key, Test } from './question';
import { noBits, setBit, type CodeSet } from './row-set';

/** What the index does not know exactly; whoever asked asks the rows themselves. */
export class Untold extends Error {
  override readonly name = 'Untold';
}

/** Numbers in the engine's order: NaN is the greatest and equal to itself, and there is one zero. */
const compareNumbers = (left: number | bigint, right: number | bigint): number => {
  if (typeof left === 'number' && Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  if (typeof right === 'number' && Number.isNaN(right)) return -1;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The bytes of a text value, from what a page writes for it; only JSON is written as it is. */
const rawText = (column: Column, code: number): Buffer => {
  const wire = column.wire(code);
  return Buffer.from(column.facts.quoted ? (JSON.parse(wire) as string) : wire, 'utf8');
};

/** Compares the value of a code with a key. */
const comparison = (column: Column, key: Key): ((code: number) => number) => {
  if (column.facts.keys !== 'none') return (code) => compareNumbers(column.key(code), key as number | bigint);
  if (!column.facts.legible) throw new Untold('values that cannot be read back');
  const bytes = Buffer.from(key as string, 'utf8');
  return (code) => Buffer.compare(rawText(column, code), bytes);
};

/** The first code whose value is not less than (or, `beyond`, is greater than) a key. */
const bound = (column: Column, key: Key, beyond: boolean): number => {
  const compare = comparison(column, key);
  let [low, high] = [column.facts.hasNull ? 1 : 0, column.facts.distinct];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare(middle);
    if (order < 0 || (beyond && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const blankSet = ({ facts }: Column): CodeSet => ({ low: 0, high: facts.blank ? 1 : 0 });

const valueSet = (column: Column, { values, blank }: Extract<Test, { kind: 'values' }>): CodeSet => {
  const runs = values.map((value) => ({ low: bound(column, value, false), high: bound(column, value, true) }));
  const all = [...runs, ...(blank && column.facts.blank ? [{ low: 0, high: 1 }] : [])].filter(({ low, high }) => high > low);
  if (all.length <= 1) return all[0] ?? { low: 0, high: 0 };
  const bits = noBits(column.facts.distinct);
  for (const { low, high } of all) for (let code = low; code < high; code += 1) setBit(bits, code);
  return { bits };
};

const rangeSet = (column: Column, { from, to }: Extract<Test, { kind: 'range' }>): CodeSet => {
  if (from === undefined && to === undefined) return { low: 0, high: column.facts.distinct };
  const low = from === undefined ? Number(column.facts.hasNull) : bound(column, from, false);
  return { low, high: to === undefined ? column.facts.distinct : bound(column, to, true) };
};

/** The codes of a column that pass a test, before it is turned round. Throws Untold. */
export function codesThat(column: Column, test: Test, check: () => void): CodeSet {
  switch (test.kind) {
    case 'values':
      return valueSet(column, test);
    case 'range':
      return rangeSet(column, test);
    case 'text':
      return findText(column, { text: test.text, at: test.at, check });
    case 'blank':
      return blankSet(column);
  }
}
