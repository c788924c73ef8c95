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

/** The texts of a run, put together again. */
const textsOf = ({ size, bytes, joints }: TextRun): Buffer[] => {
  const texts: Buffer[] = [];
  for (let text = 0; text < size; text += 1) {
    const piece = bytes.subarray(pieceBegin(joints(), text), pieceEnd(joints(), text));
    const skip = joints().skips[text]!;
    texts.push(skip === 0 ? piece : Buffer.concat([texts[text - 1]!.subarray(0, skip), piece]));
  }
  return texts;
};

/** Reads single texts; the last group is at hand, for neighbours are often asked for together. */
export function createTexts(read: Read, distinct: number): (code: number) => string {
  const scratch = createRunScratch();
  let [known, texts]: [number, Buffer[]] = [-1, []];
  return (code) => {
    const group = code - (code % textsAGroup);
    if (group !== known) {
      texts = textsOf(readRun(read, { first: group, beyond: Math.min(distinct, group + textsAGroup) }, scratch));
      known = group;
    }
    const text = texts[code - group];
    if (text === undefined) throw new Error('a text of an index is not where it should be');
    return text.toString('utf8');
  };
}
