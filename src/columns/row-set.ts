import type { Codes } from './layout';

/** A set of numbers (rows, or codes) as bits. */
export type Bits = Uint32Array;

export const noBits = (size: number): Bits => new Uint32Array((size + 31) >>> 5);

export const setBit = (bits: Bits, at: number): void => {
  bits[at >>> 5]! |= 1 << (at & 31);
};

export const hasBit = (bits: Bits, at: number): boolean => ((bits[at >>> 5]! >>> (at & 31)) & 1) === 1;

/** All numbers below `size`. */
export const allBits = (size: number): Bits => {
  const bits = noBits(size).fill(0xffff_ffff);
  if (size % 32 !== 0) bits[bits.length - 1] = (1 << (size % 32)) - 1;
  return bits;
};

export const countBits = (bits: Bits): number => {
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) {
    let word = bits[at]!;
    if (word === 0) continue;
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
};

/** Calls `each` with the numbers of a set, least first. */
export const eachBit = (bits: Bits, each: (at: number) => void): void => {
  for (let at = 0; at < bits.length; at += 1)
    for (let word = bits[at]!; word !== 0; word &= word - 1) each((at << 5) + 31 - Math.clz32(word & -word));
};

/** Adds the numbers of another set of the same size. */
export const addBits = (bits: Bits, more: Bits): void => {
  for (let at = 0; at < bits.length; at += 1) bits[at]! |= more[at]!;
};

/** Leaves only the numbers that another set of the same size has too. */
export const keepBits = (bits: Bits, others: Bits): void => {
  for (let at = 0; at < bits.length; at += 1) bits[at]! &= others[at]!;
};

/** The numbers of a set, least first. */
export const listBits = (bits: Bits): Uint32Array => {
  const list = new Uint32Array(countBits(bits));
  let next = 0;
  for (let at = 0; at < bits.length; at += 1)
    for (let word = bits[at]!; word !== 0; word &= word - 1) list[next++] = (at << 5) + 31 - Math.clz32(word & -word);
  return list;
};

/** The numbers `from` to `from + limit` of a set, counted from its least. */
export const someBits = (bits: Bits, from: number, limit: number): number[] => {
  const list: number[] = [];
  let passed = 0;
  for (let at = 0; at < bits.length && list.length < limit; at += 1)
    for (let word = bits[at]!; word !== 0 && list.length < limit; word &= word - 1)
      if (passed++ >= from) list.push((at << 5) + 31 - Math.clz32(word & -word));
  return list;
};

/** Which codes pass a test: a run of neighbours, or any. */
export type CodeSet = { readonly low: number; readonly high: number } | { readonly bits: Bits };

/** The rows whose code is among `wanted`, or with `not` is not: added to `rows` ("any"), or the only ones left in it ("only"). */
export function markRows(
  rows: Bits,
  codes: Codes,
  wanted: { readonly set: CodeSet; readonly not: boolean; readonly how: 'any' | 'only' },
): void {
  const flip = wanted.not ? 0xffff_ffff : 0;
  const only = wanted.how === 'only';
  const word = 'bits' in wanted.set ? wordOfBits(codes, wanted.set.bits) : wordOfRun(codes, wanted.set.low, wanted.set.high);
  const last = rows.length - 1;
  for (let at = 0; at <= last; at += 1) {
    const before = rows[at]!;
    if (before === (only ? 0 : 0xffff_ffff)) continue;
    const found = word(at << 5, Math.min(codes.length, (at << 5) + 32)) ^ flip;
    rows[at] = only ? before & found : before | found;
  }
  // What lies beyond the last row is no row, whatever was turned round.
  if (codes.length % 32 !== 0) rows[last]! &= (1 << (codes.length % 32)) - 1;
}

type Word = (from: number, to: number) => number;

const wordOfRun =
  (codes: Codes, low: number, high: number): Word =>
  (from, to) => {
    let word = 0;
    for (let row = from; row < to; row += 1) if (codes[row]! >= low && codes[row]! < high) word |= 1 << (row - from);
    return word;
  };

const wordOfBits =
  (codes: Codes, bits: Bits): Word =>
  (from, to) => {
    let word = 0;
    for (let row = from; row < to; row += 1) {
      const code = codes[row]!;
      word |= ((bits[code >>> 5]! >>> (code & 31)) & 1) << (row - from);
    }
    return word;
  };
