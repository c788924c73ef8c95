import { createScratch } from './files';
import { textsAGroup, type Read } from './layout';

/** Texts of neighbouring codes, the first of which is written whole. */
export interface TextRun {
  readonly first: number;
  readonly size: number;
  /** The pieces, a line feed after each but the last. */
  readonly bytes: Buffer;
  /** How the pieces join: read when it is asked for, as most runs do not hold what is looked for. */
  readonly joints: () => Joints;
}

/** By the text's place in its run. */
export interface Joints {
  /** Where each piece ends in the run's bytes, less `before`. */
  readonly ends: Uint32Array;
  readonly before: number;
  /** How many bytes of each text are those of the text before it and not in its piece. */
  readonly skips: Uint16Array;
}

/** Where the piece of a text begins in the bytes of its run. */
export const pieceBegin = ({ ends, before }: Joints, text: number): number => (text === 0 ? 0 : ends[text - 1]! - before + 1);
export const pieceEnd = ({ ends, before }: Joints, text: number): number => ends[text]! - before;

/** The first text from `from` on whose piece ends behind a place; `size` where none does. */
export const textAt = ({ ends, before }: Joints, place: number, from: number): number => {
  let [low, step] = [from, 1];
  while (low + step < ends.length && ends[low + step]! - before <= place) [low, step] = [low + step, step * 2];
  let high = Math.min(ends.length, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! - before <= place) low = middle + 1;
    else high = middle;
  }
  return low;
};

const readEnd = (read: Read, text: number): number => (text < 0 ? -1 : read('piece-ends', { from: text * 4, length: 4 }).readUInt32LE());

/** Memory for one run, used again for the next. */
export const createRunScratch = () => ({ bytes: createScratch(), ends: createScratch(), skips: createScratch() });
export type RunScratch = ReturnType<typeof createRunScratch>;

/** Reads the texts `first`, which begins a group, to `beyond`. */
export function readRun(read: Read, { first, beyond }: { first: number; beyond: number }, scratch: RunScratch): TextRun {
  const size = beyond - first;
  const before = readEnd(read, first - 1) + 1;
  const bytes = read('pieces', { from: before, length: readEnd(read, beyond - 1) - before }, scratch.bytes);
  let joints: Joints | undefined;
  const readJoints = (): Joints => {
    const ends = read('piece-ends', { from: first * 4, length: size * 4 }, scratch.ends);
    const skips = read('skips', { from: first * 2, length: size * 2 }, scratch.skips);
    return {
      before,
      ends: new Uint32Array(ends.buffer, ends.byteOffset, size),
      skips: new Uint16Array(skips.buffer, skips.byteOffset, size),
    };
  };
  return { first, size, bytes, joints: () => (joints ??= readJoints()) };
}

/** Reads single texts: of its group, what stands before a text is read too. */
export function createTexts(read: Read): (code: number) => string {
  const scratch = createRunScratch();
  let text = Buffer.alloc(0);
  const put = (piece: Buffer, skip: number): number => {
    const length = skip + piece.length;
    if (text.length < length) text = Buffer.concat([text.subarray(0, skip)], length * 2);
    piece.copy(text, skip);
    return length;
  };
  return (code) => {
    const first = code - (code % textsAGroup);
    const size = code + 1 - first;
    // With the end before the first, where there is one.
    const lead = first === 0 ? 0 : 1;
    const ends = read('piece-ends', { from: (first - lead) * 4, length: (size + lead) * 4 }, scratch.ends);
    const skips = read('skips', { from: first * 2, length: size * 2 }, scratch.skips);
    const before = lead === 0 ? 0 : ends.readUInt32LE(0) + 1;
    const endOf = (at: number): number => ends.readUInt32LE((at + lead) * 4) - before;
    const bytes = read('pieces', { from: before, length: endOf(size - 1) }, scratch.bytes);
    let length = 0;
    for (let at = 0; at < size; at += 1)
      length = put(bytes.subarray(at === 0 ? 0 : endOf(at - 1) + 1, endOf(at)), skips.readUInt16LE(at * 2));
    return text.toString('utf8', 0, length);
  };
}
