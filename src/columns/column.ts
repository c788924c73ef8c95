import { closeSync, openSync, readFileSync } from 'node:fs';
import { readAt } from './files';
import { partOf, widthOf, type Codes, type ColumnFacts, type Part, type WireForm } from './layout';
import { createPackedLines } from './packed';

/** One column of an index, open for reading. */
export interface Column {
  readonly number: number;
  readonly folder: string;
  readonly facts: ColumnFacts;
  /** The codes of all rows. */
  codes(): Codes;
  codeOf(row: number): number;
  /** Of every code, how many rows have it. */
  counts(): Uint32Array;
  /** Where the texts of the codes `from` to `to` begin and end. */
  ends(from: number, to: number): { readonly begin: number; readonly ends: Uint32Array };
  textBytes(from: number, to: number): Buffer;
  /** What a page writes for a code. */
  wire(code: number): string;
  key(code: number): number | bigint;
  /** Of every code, its number as a double; null is NaN, and told from one by being code 0. */
  numbers(): Float64Array;
  /** Lets go of what was read whole. */
  drop(): void;
}

const lineFeed = 1;

/** 64-bit integers as the nearest doubles; their halves are exact, so that it is rounded once. */
const asDoubles = (integers: ArrayBufferLike): Float64Array => {
  const [low, high] = [new Uint32Array(integers), new Int32Array(integers)];
  const doubles = new Float64Array(low.length / 2);
  for (let at = 0; at < doubles.length; at += 1) doubles[at] = high[2 * at + 1]! * 0x1_0000_0000 + low[2 * at]!;
  return doubles;
};

type Read = (part: Part, from: number, length: number) => Buffer;

/** What is read a piece at a time: keys and texts of single codes, and the code of a single row. */
const singles = (read: Read, facts: ColumnFacts) => {
  const width = widthOf(facts.distinct);
  const endAt = (code: number): number => (code < 0 ? -lineFeed : read('ends', code * 4, 4).readUInt32LE());
  const text = (code: number): string => {
    const begin = endAt(code - 1) + lineFeed;
    return read('texts', begin, endAt(code) - begin).toString('utf8');
  };
  const packed = createPackedLines(read);
  const forms: Readonly<Record<WireForm, (code: number) => string>> = {
    text,
    quoted: (code) => `"${text(code)}"`,
    capitals: (code) => `"${text(code).toUpperCase()}"`,
    own: packed,
  };
  return {
    code: (row: number): number => read('codes', row * width, width).readUIntLE(0, width),
    begin: (code: number): number => endAt(code - 1) + lineFeed,
    wire: (code: number): string => (facts.hasNull && code === 0 ? 'null' : forms[facts.wire](code)),
    key: (code: number): number | bigint => {
      const bytes = read('keys', code * 8, 8);
      return facts.keys === 'whole' ? bytes.readBigInt64LE() : bytes.readDoubleLE();
    },
  };
};

/** What is read whole. */
const wholes = (read: Read, { rows, distinct, keys, hasNull }: ColumnFacts) => ({
  codes: (): Codes => {
    const width = widthOf(distinct);
    const { buffer } = read('codes', 0, rows * width);
    return width === 1 ? new Uint8Array(buffer) : width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
  },
  numbers: (): Float64Array => {
    const { buffer } = read('keys', 0, distinct * 8);
    const numbers = keys === 'whole' ? asDoubles(buffer) : new Float64Array(buffer);
    if (hasNull) numbers[0] = Number.NaN;
    return numbers;
  },
});

const openColumn = (place: Pick<Column, 'number' | 'folder'>, read: Read): Column => {
  const facts = JSON.parse(readFileSync(partOf(place.folder, place.number, 'facts.json'), 'utf8')) as ColumnFacts;
  const [single, whole] = [singles(read, facts), wholes(read, facts)];
  let codes: Codes | undefined;
  let numbers: Float64Array | undefined;
  return {
    ...place,
    facts,
    codes: () => (codes ??= whole.codes()),
    codeOf: (row) => codes?.[row] ?? single.code(row),
    counts: () => new Uint32Array(read('counts', 0, facts.distinct * 4).buffer),
    ends: (from, to) => ({ begin: single.begin(from), ends: new Uint32Array(read('ends', from * 4, (to - from) * 4).buffer) }),
    textBytes: (from, to) => read('texts', from, to - from),
    wire: single.wire,
    key: single.key,
    numbers: () => (numbers ??= whole.numbers()),
    drop: () => void ([codes, numbers] = [undefined, undefined]),
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
        columns.get(number) ?? openColumn({ number, folder }, (part, from, length) => readAt(fileOf(number, part), from, length));
      columns.set(number, column);
      return column;
    },
    close(): void {
      for (const file of files.values()) closeSync(file);
    },
  };
}

export type Shelf = ReturnType<typeof createShelf>;
