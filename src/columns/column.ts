import { closeSync, openSync, readFileSync } from 'node:fs';
import { createScratch, readAt, type Scratch } from './files';
import { borrowing } from './memory';
import { partOf, widthOf, type Codes, type ColumnFacts, type Part, type Read, type WireForm } from './layout';
import { createPackedLines } from './packed';
import { createTexts, readRun, type RunScratch, type TextRun } from './text-run';

/** One column of an index, open for reading. */
export interface Column {
  readonly number: number;
  readonly folder: string;
  readonly facts: ColumnFacts;
  /** The codes of all rows. */
  codes(): Codes;
  codeOf(row: number): number;
  /** Where the rows of a code begin in the order of codes; those of the code behind the last: where all end. */
  rowBegin(code: number): number;
  /** Of every code, how many rows have it. */
  counts(): Uint32Array;
  /** The rows from one place to another in the order of their codes; only where the column `hasRows`. */
  rowsAt(from: number, to: number): Uint32Array;
  /** The texts of the codes `first`, which begins a group, to `beyond`, in memory of `scratch`. */
  texts(codes: { readonly first: number; readonly beyond: number }, scratch: RunScratch): TextRun;
  /** What a page writes for a code. */
  wire(code: number): string;
  key(code: number): number | bigint;
  /** Their keys as doubles; of many, read in one go. */
  doubles(codes: readonly number[]): number[];
  /** Of every code, its number as a double; null is NaN, and told from one by being code 0. */
  numbers(): Float64Array;
  /** Lets go of what was read whole. */
  drop(): void;
}

/** So many keys are read in the time of one read for its own. */
const keysARead = 256;

/** 64-bit integers as the nearest doubles, in their place; their halves are exact, so that it is rounded once. */
const asDoubles = (integers: ArrayBufferLike): Float64Array => {
  const [low, high, doubles] = [new Uint32Array(integers), new Int32Array(integers), new Float64Array(integers)];
  for (let at = 0; at < doubles.length; at += 1) doubles[at] = high[2 * at + 1]! * 0x1_0000_0000 + low[2 * at]!;
  return doubles;
};

/** The key at a place of `bytes`. */
const keyIn = (bytes: Buffer, at: number, { keys }: Pick<ColumnFacts, 'keys'>): number | bigint =>
  keys === 'whole' ? bytes.readBigInt64LE(at * 8) : bytes.readDoubleLE(at * 8);

/** What is read a piece at a time: keys and texts of single codes, and the code of a single row. */
const singles = (read: Read, facts: ColumnFacts) => {
  const width = widthOf(facts.distinct);
  const scratch = createScratch();
  const one = (part: Part, at: number, size: number): Buffer => read(part, { from: at * size, length: size }, scratch);
  const text = createTexts(read);
  const forms: Readonly<Record<WireForm, (code: number) => string>> = {
    text,
    quoted: (code) => `"${text(code)}"`,
    capitals: (code) => `"${text(code).toUpperCase()}"`,
    own: createPackedLines((part, extent) => read(part, extent, scratch)),
  };
  return {
    code: (row: number): number => (width === 0 ? 0 : one('codes', row, width).readUIntLE(0, width)),
    rowBegin: (code: number): number => (code === 0 ? 0 : one('row-ends', code - 1, 4).readUInt32LE()),
    wire: (code: number): string => (facts.hasNull && code === 0 ? 'null' : forms[facts.wire](code)),
    key: (code: number): number | bigint => keyIn(one('keys', code, 8), 0, facts),
  };
};

/** What is read whole. */
const wholes = (read: Read, { rows, distinct, keys, hasNull }: ColumnFacts) => ({
  codes: (memory: Scratch): Codes => {
    const width = widthOf(distinct);
    if (width === 0) return new Uint8Array(rows);
    const { buffer } = read('codes', { from: 0, length: rows * width }, memory);
    return width === 1 ? new Uint8Array(buffer) : width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
  },
  counts: (): Uint32Array => {
    const counts = new Uint32Array(read('row-ends', { from: 0, length: distinct * 4 }).buffer);
    for (let code = distinct - 1; code > 0; code -= 1) counts[code]! -= counts[code - 1]!;
    return counts;
  },
  doubles: (codes: readonly number[], memory: Scratch): number[] => {
    const bytes = read('keys', { from: 0, length: distinct * 8 }, memory);
    return codes.map((code) => Number(keyIn(bytes, code, { keys })));
  },
  numbers: (memory: Scratch): Float64Array => {
    const { buffer } = read('keys', { from: 0, length: distinct * 8 }, memory);
    const numbers = keys === 'whole' ? asDoubles(buffer) : new Float64Array(buffer);
    if (hasNull) numbers[0] = Number.NaN;
    return numbers;
  },
});

const openColumn = (place: Pick<Column, 'number' | 'folder'>, read: Read): Column => {
  const facts = JSON.parse(readFileSync(partOf(place.folder, place.number, 'facts.json'), 'utf8')) as ColumnFacts;
  const [single, whole] = [singles(read, facts), wholes(read, facts)];
  const memory = borrowing();
  let codes: Codes | undefined;
  let numbers: Float64Array | undefined;
  return {
    ...place,
    facts,
    codes: () => (codes ??= whole.codes(memory.borrow)),
    codeOf: (row) => codes?.[row] ?? single.code(row),
    rowBegin: single.rowBegin,
    counts: whole.counts,
    rowsAt: (from, to) => new Uint32Array(read('rows', { from: from * 4, length: (to - from) * 4 }).buffer),
    texts: (wanted, scratch) => readRun(read, wanted, scratch),
    wire: single.wire,
    key: single.key,
    doubles: (codes) =>
      facts.distinct < codes.length * keysARead ? whole.doubles(codes, memory.borrow) : codes.map((code) => Number(single.key(code))),
    numbers: () => (numbers ??= whole.numbers(memory.borrow)),
    drop(): void {
      [codes, numbers] = [undefined, undefined];
      memory.giveBack();
    },
  };
};

/** Opens columns, and closes what was opened. */
export function createShelf(folder: string) {
  const files = new Map<string, number>();
  const columns = new Map<number, Column>();
  const fileOf = (column: number, part: Part): number => {
    const path = partOf(folder, column, part);
    const file = files.get(path) ?? openSync(path, 'r');
    files.set(path, file);
    return file;
  };
  return {
    column(number: number): Column {
      const column =
        columns.get(number) ?? openColumn({ number, folder }, (part, extent, scratch) => readAt(fileOf(number, part), extent, scratch));
      columns.set(number, column);
      return column;
    },
    close(): void {
      for (const column of columns.values()) column.drop();
      for (const file of files.values()) closeSync(file);
    },
  };
}

export type Shelf = ReturnType<typeof createShelf>;
