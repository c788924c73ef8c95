import type { Column } from './column';
import { blocksWith, hasByte } from './grams';
import { leastForGrams, overlap, textsABlock } from './layout';
import { noBits, setBit, type Bits, type CodeSet } from './row-set';
import { createRunScratch, pieceBegin, pieceEnd, textAt, type Joints, type TextRun } from './text-run';

const nowhere: CodeSet = { low: 0, high: 0 };

/** Blocks looked through at a time: some megabytes. */
const blocksARun = 64;

/** Whether `head` stands in a text right before a place; what its piece leaves out is looked up in those before it. */
function standsBefore(bytes: Buffer, joints: Joints, { head, text, place }: { head: Buffer; text: number; place: number }): boolean {
  if (place < head.length) return false;
  let owner = text;
  let begin = pieceBegin(joints, owner);
  for (let back = 1; back <= head.length; back += 1) {
    const at = place - back;
    while (at < joints.skips[owner]!) begin = pieceBegin(joints, (owner -= 1));
    if (bytes[begin + at - joints.skips[owner]!] !== head[head.length - back]) return false;
  }
  return true;
}

/**
 * Marks the texts of a run that hold the needle. Its last bytes are looked for in the pieces: a text holds them there, or at the
 * same place as the text before, and then it holds all of the needle.
 */
function markHits(found: Bits, { bytes, first, size, joints: read }: TextRun, needle: Buffer): void {
  const head = needle.subarray(0, Math.max(0, needle.length - overlap - 1));
  const tail = needle.subarray(head.length);
  let at = bytes.indexOf(tail);
  if (at < 0) return;
  const joints = read();
  for (let text = 0; at >= 0;) {
    text = textAt(joints, at, text);
    const begin = pieceBegin(joints, text);
    const place = joints.skips[text]! + at - begin;
    // A needle with a line feed in it may begin before a piece, or end behind it.
    if (at < begin || at + tail.length > pieceEnd(joints, text) || !standsBefore(bytes, joints, { head, text, place })) {
      at = bytes.indexOf(tail, at + 1);
      continue;
    }
    do setBit(found, first + text++);
    while (text < size && joints.skips[text]! > place);
    at = text < size ? bytes.indexOf(tail, pieceBegin(joints, text)) : -1;
  }
}

/** Marks the texts of a run that begin with the needle. */
function markStarts(found: Bits, { bytes, first, size, joints: read }: TextRun, needle: Buffer): void {
  const joints = read();
  let matched = 0;
  for (let text = 0; text < size; text += 1) {
    const skip = joints.skips[text]!;
    // What is left out of it is as in the text before, down to where that one differs from the needle.
    if (skip <= matched) {
      const shift = pieceBegin(joints, text) - skip;
      const end = Math.min(needle.length, pieceEnd(joints, text) - shift);
      matched = skip;
      while (matched < end && bytes[shift + matched] === needle[matched]) matched += 1;
    }
    if (matched === needle.length) setBit(found, first + text);
  }
}

/** Neighbouring blocks as runs, which are read at once. */
const runsOf = (blocks: readonly number[]): { from: number; to: number }[] => {
  const runs: { from: number; to: number }[] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run?.to === block && run.to - run.from < blocksARun) run.to = block + 1;
    else runs.push({ from: block, to: block + 1 });
  }
  return runs;
};

export interface Sought {
  readonly text: string;
  readonly at: 'anywhere' | 'start';
  /** Called between runs; throws where nobody waits any more. */
  readonly check: () => void;
}

/** The codes of a column whose text holds, or begins with, `text` (in lower case); null has no text. */
export function findText(column: Column, { text, at, check }: Sought): CodeSet {
  const { distinct, textless, alphabet, pieceBytes } = column.facts;
  const least = textless ? 1 : 0;
  const needle = Buffer.from(text, 'utf8');
  if (needle.length === 0) return { low: least, high: distinct };
  if (needle.some((byte) => !hasByte(alphabet, byte))) return nowhere;
  const hasGrams = pieceBytes > leastForGrams;
  const all = (): number[] => Array.from({ length: Math.ceil(distinct / textsABlock) }, (_, block) => block);
  const blocks = hasGrams ? blocksWith(column.folder, column.number, { needle, distinct }) : all();
  if (blocks.length === 0) return nowhere;
  const found = noBits(distinct);
  const mark = at === 'anywhere' ? markHits : markStarts;
  const scratch = createRunScratch();
  for (const { from, to } of runsOf(blocks)) {
    check();
    mark(found, column.texts({ first: from * textsABlock, beyond: Math.min(distinct, to * textsABlock) }, scratch), needle);
  }
  if (textless) found[0]! &= ~1;
  return { bits: found };
}
