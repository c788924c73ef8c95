import { rmSync } from 'node:fs';
import { bytesOf, createScratch, readAt, withFile, writeWhole } from './files';
import { farthest, overlap, partOf, textsAGroup } from './layout';

const batchBytes = 8 << 20;
const lineFeed = 10;

/** How many bytes two texts, neighbours in `batch`, have in common at their beginning, as far as a skip can tell. */
const sharedBytes = (batch: Buffer, left: number, { begin: right, end }: { begin: number; end: number }): number => {
  const most = Math.min(right - 1 - left, end - right, 0xffff + overlap);
  let shared = 0;
  while (shared < most && batch[left + shared] === batch[right + shared]) shared += 1;
  return shared;
};

/** Where a batch of texts ends: those of some megabytes, or a single larger one. */
const batchFrom = (lengths: Uint32Array, first: number): { readonly beyond: number; readonly bytes: number } => {
  let [beyond, bytes] = [first, 0];
  while (beyond < lengths.length && (beyond === first || bytes + lengths[beyond]! < batchBytes)) bytes += lengths[beyond++]! + 1;
  return { beyond, bytes };
};

interface Pieces {
  readonly ends: Uint32Array;
  readonly skips: Uint16Array;
  readonly bytes: number;
}

/**
 * Writes each text without the beginning that it shares with the one before. Texts lie in the column's order, so that neighbours
 * mostly begin alike: ten million command lines take two fifths, and so does looking through them.
 * @see https://nlp.stanford.edu/IR-book/html/htmledition/dictionary-compression-1.html (front coding)
 */
function writePieces(lengths: Uint32Array, from: number, to: number): Pieces {
  const [ends, skips] = [new Uint32Array(lengths.length), new Uint16Array(lengths.length)];
  const [batchMemory, pieceMemory] = [createScratch(), createScratch()];
  let [read, written] = [0, 0];
  for (let first = 0; first < lengths.length;) {
    const { beyond, bytes } = batchFrom(lengths, first);
    const batch = readAt(from, { from: read, length: bytes }, batchMemory);
    const pieces = pieceMemory(bytes);
    let [previous, begin, filled] = [0, 0, 0];
    for (let text = first; text < beyond; text += 1) {
      const end = begin + lengths[text]!;
      if (batch[end] !== lineFeed) throw new Error('a text of an index is not where it should be');
      const isWhole = text === first || text % textsAGroup === 0;
      const skip = isWhole ? 0 : Math.max(0, sharedBytes(batch, previous, { begin, end }) - overlap);
      for (let at = begin + skip; at < end; at += 1) pieces[filled++] = batch[at]!;
      ends[text] = written + filled;
      skips[text] = skip;
      pieces[filled++] = lineFeed;
      [previous, begin] = [begin, end + 1];
    }
    writeWhole(to, pieces.subarray(0, filled));
    [read, written, first] = [read + bytes, written + filled, beyond];
  }
  return { ends, skips, bytes: written };
}

/** Turns a column's `texts`, of these lengths in bytes, into pieces, and tells where each ends. Throws where they are too large. */
export function packTexts(folder: string, column: number, lengths: Uint32Array): Pieces {
  const plain = partOf(folder, column, 'texts');
  const pieces = withFile(plain, 'r', (from) => withFile(partOf(folder, column, 'pieces'), 'w', (to) => writePieces(lengths, from, to)));
  if (pieces.bytes > farthest) throw new Error('texts are larger than an index can tell places in');
  for (const [part, array] of [['piece-ends', pieces.ends] as const, ['skips', pieces.skips] as const])
    withFile(partOf(folder, column, part), 'w', (file) => writeWhole(file, bytesOf(array)));
  rmSync(plain);
  return pieces;
}
