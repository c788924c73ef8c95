import type { Column } from './column';
import { createScratch } from './files';
import { blocksWith, hasByte } from './grams';
import { leastForGrams, textsABlock } from './layout';
import { noBits, setBit, type Bits, type CodeSet } from './row-set';

const nowhere: CodeSet = { low: 0, high: 0 };

/** Texts looked through at a time: so many blocks are some megabytes. */
const blocksAPiece = 16;

interface Piece {
  readonly bytes: Buffer;
  /** The code of the first text, where the texts begin in `bytes`, and where each ends in the file. */
  readonly first: number;
  readonly begin: number;
  readonly ends: Uint32Array;
}

/** Whether the needle stands at a place. */
const standsAt = (bytes: Uint8Array, needle: Uint8Array, at: number): boolean => {
  for (let byte = 0; byte < needle.length; byte += 1) if (bytes[at + byte] !== needle[byte]) return false;
  return true;
};

/**
 * Marks a text that holds the needle, and those after it that hold it at the same place: texts lie in order, and neighbours
 * begin alike. Gives the first that does not.
 */
function markAlike(found: Bits, { bytes, first, begin, ends }: Piece, hit: { needle: Buffer; text: number; offset: number }): number {
  const { needle, offset } = hit;
  let { text } = hit;
  do {
    setBit(found, first + text);
    text += 1;
    const at = ends[text - 1]! - begin + 1 + offset;
    if (text >= ends.length || at + needle.length > ends[text]! - begin || !standsAt(bytes, needle, at)) return text;
  } while (true);
}

/** Marks the codes of a piece whose text holds the needle; after a hit it goes on with the next text. */
function markHits(found: Bits, { bytes, first, begin, ends }: Piece, needle: Buffer): void {
  let text = 0;
  for (let at = bytes.indexOf(needle); at >= 0;) {
    while (ends[text]! - begin <= at) text += 1;
    const begun = text === 0 ? 0 : ends[text - 1]! - begin + 1;
    // A needle with a line feed in it may begin before a text, or end behind it.
    if (at < begun || at + needle.length > ends[text]! - begin) {
      at = bytes.indexOf(needle, at + 1);
      continue;
    }
    const next = markAlike(found, { bytes, first, begin, ends }, { needle, text, offset: at - begun });
    at = bytes.indexOf(needle, ends[next - 1]! - begin + 1);
  }
}

/** Marks the codes of a piece whose text begins with the needle. */
function markStarts(found: Bits, { bytes, first, begin, ends }: Piece, needle: Buffer): void {
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
  const needle = Buffer.from(text, 'utf8');
  if (needle.length === 0) return { low: least, high: distinct };
  if (needle.some((byte) => !hasByte(alphabet, byte))) return nowhere;
  const hasGrams = textBytes > leastForGrams;
  const all = (): number[] => Array.from({ length: Math.ceil(distinct / textsABlock) }, (_, block) => block);
  const blocks = hasGrams ? blocksWith(column.folder, column.number, { needle, distinct }) : all();
  if (blocks.length === 0) return nowhere;
  const found = noBits(distinct);
  const mark = at === 'anywhere' ? markHits : markStarts;
  const scratch = createScratch();
  for (const { from, to } of runsOf(blocks)) {
    check();
    const [first, beyond] = [from * textsABlock, Math.min(distinct, to * textsABlock)];
    const { begin, ends } = column.ends(first, beyond);
    mark(found, { bytes: column.textBytes({ from: begin, length: ends.at(-1)! - begin }, scratch), first, begin, ends }, needle);
  }
  if (textless) found[0]! &= ~1;
  return { bits: found };
}
