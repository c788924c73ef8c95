import type { Column } from './column';
import { blocksWith, hasByte } from './grams';
import { leastForGrams, textsABlock } from './layout';
import { noBits, setBit, type Bits, type CodeSet } from './row-set';

const nowhere: CodeSet = { low: 0, high: 0 };

/** Texts looked through at a time: so many blocks are some megabytes. */
const blocksAPiece = 16;

interface Piece {
  readonly bytes: Uint8Array;
  /** The code of the first text, where the texts begin in `bytes`, and where each ends in the file. */
  readonly first: number;
  readonly begin: number;
  readonly ends: Uint32Array;
}

/** How far a search may go on after each byte that does not fit (Horspool). */
const shiftsOf = (needle: Uint8Array): Uint32Array => {
  const shifts = new Uint32Array(256).fill(needle.length);
  for (let at = 0; at < needle.length - 1; at += 1) shifts[needle[at]!] = needle.length - 1 - at;
  return shifts;
};

/** Marks the codes of a piece whose text holds the needle; after a hit it goes on with the next text. */
function markHits(found: Bits, { bytes, first, begin, ends }: Piece, needle: Uint8Array): void {
  const shifts = shiftsOf(needle);
  const last = needle.length - 1;
  const lastByte = needle[last]!;
  let text = 0;
  let at = last;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    let matched = 0;
    if (byte === lastByte) while (matched < last && bytes[at - 1 - matched] === needle[last - 1 - matched]) matched += 1;
    if (byte !== lastByte || matched < last) {
      at += shifts[byte]!;
      continue;
    }
    while (ends[text]! - begin <= at) text += 1;
    const textBegin = text === 0 ? 0 : ends[text - 1]! - begin + 1;
    if (at - last < textBegin) {
      at += 1;
      continue;
    }
    setBit(found, first + text);
    at = ends[text]! - begin + 1 + last;
  }
}

/** Marks the codes of a piece whose text begins with the needle. */
function markStarts(found: Bits, { bytes, first, begin, ends }: Piece, needle: Uint8Array): void {
  let start = 0;
  for (let text = 0; text < ends.length; text += 1) {
    const end = ends[text]! - begin;
    let at = 0;
    if (end - start >= needle.length) while (at < needle.length && bytes[start + at] === needle[at]) at += 1;
    if (at === needle.length) setBit(found, first + text);
    start = end + 1;
  }
}

/** Neighbouring blocks as runs, which are read at once. */
const runsOf = (blocks: readonly number[]): { from: number; to: number }[] => {
  const runs: { from: number; to: number }[] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run?.to === block && run.to - run.from < blocksAPiece) run.to = block + 1;
    else runs.push({ from: block, to: block + 1 });
  }
  return runs;
};

export interface Sought {
  readonly text: string;
  readonly at: 'anywhere' | 'start';
  /** Called between pieces; throws where nobody waits any more. */
  readonly check: () => void;
}

/** The codes of a column whose text holds, or begins with, `text` (in lower case); null has no text. */
export function findText(column: Column, { text, at, check }: Sought): CodeSet {
  const { distinct, textless, alphabet, textBytes } = column.facts;
  const least = textless ? 1 : 0;
  const needle = new Uint8Array(Buffer.from(text, 'utf8'));
  if (needle.length === 0) return { low: least, high: distinct };
  if (needle.some((byte) => !hasByte(alphabet, byte))) return nowhere;
  const hasGrams = textBytes > leastForGrams;
  const all = (): number[] => Array.from({ length: Math.ceil(distinct / textsABlock) }, (_, block) => block);
  const blocks = hasGrams ? blocksWith(column.folder, column.number, { needle, distinct }) : all();
  if (blocks.length === 0) return nowhere;
  const found = noBits(distinct);
  const mark = at === 'anywhere' ? markHits : markStarts;
  for (const { from, to } of runsOf(blocks)) {
    check();
    const [first, beyond] = [from * textsABlock, Math.min(distinct, to * textsABlock)];
    const { begin, ends } = column.ends(first, beyond);
    mark(found, { bytes: column.textBytes(begin, ends.at(-1)!), first, begin, ends }, needle);
  }
  if (textless) found[0]! &= ~1;
  return { bits: found };
}
