import { fstatSync } from 'node:fs';
import { bytesOf, createScratch, readAt, withFile, writeWhole } from './files';
import { gramClass, gramClasses, partOf, textsABlock } from './layout';

const partBytes = 8 << 20;

/** Calls `part` with the whole of a file, a part after another. */
function eachPart(path: string, part: (bytes: Uint8Array, from: number) => void): void {
  withFile(path, 'r', (file) => {
    const { size } = fstatSync(file);
    const scratch = createScratch();
    for (let from = 0; from < size; from += partBytes)
      part(readAt(file, { from, length: Math.min(partBytes, size - from) }, scratch), from);
  });
}

/** Which bytes occur in a file of texts, as 64 hexadecimal digits. */
export function alphabetOf(path: string): string {
  const seen = new Uint8Array(256);
  eachPart(path, (bytes) => {
    for (let at = 0; at < bytes.length; at += 1) seen[bytes[at]!] = 1;
  });
  let bits = 0n;
  for (let byte = 0; byte < 256; byte += 1) if (seen[byte] === 1) bits |= 1n << BigInt(byte);
  return bits.toString(16).padStart(64, '0');
}

export const hasByte = (alphabet: string, byte: number): boolean => {
  const digit = Number.parseInt(alphabet[63 - (byte >> 2)] ?? '0', 16);
  return ((digit >> (byte & 3)) & 1) === 1;
};

const blocksOf = (distinct: number): number => Math.ceil(distinct / textsABlock);
const strideOf = (distinct: number): number => Math.ceil(blocksOf(distinct) / 8);

/**
 * Writes which blocks of a column's texts hold which classes of three bytes: a line of bits a class, a bit a block. What a piece
 * leaves out stands in one before it of the same block.
 */
export function writeGrams(folder: string, column: number, ends: Uint32Array): void {
  const stride = strideOf(ends.length);
  const lines = new Uint8Array(gramClasses * stride);
  // Of one block; small enough to stay at hand, as the lines are not.
  const seen = new Uint8Array(gramClasses);
  const endOf = (block: number): number => ends[Math.min(ends.length, (block + 1) * textsABlock) - 1] ?? 0;
  let [block, blockEnd] = [0, endOf(0)];
  let [first, second] = [0, 0];
  const endBlock = (): void => {
    for (let gram = 0; gram < gramClasses; gram += 1) if (seen[gram] === 1) lines[gram * stride + (block >> 3)]! |= 1 << (block & 7);
    seen.fill(0);
    block += 1;
    blockEnd = endOf(block);
  };
  eachPart(partOf(folder, column, 'pieces'), (bytes, from) => {
    for (let at = 0; at < bytes.length; at += 1) {
      if (from + at > blockEnd) endBlock();
      const third = bytes[at]!;
      seen[gramClass(first, second, third)] = 1;
      first = second;
      second = third;
    }
  });
  endBlock();
  withFile(partOf(folder, column, 'grams'), 'w', (file) => writeWhole(file, bytesOf(lines)));
}

/** The blocks that may hold `needle`; all of them where it is too short to tell. */
export function blocksWith(folder: string, column: number, { needle, distinct }: { needle: Uint8Array; distinct: number }): number[] {
  const stride = strideOf(distinct);
  const all = Array.from({ length: blocksOf(distinct) }, (_, block) => block);
  if (needle.length < 3) return all;
  return withFile(partOf(folder, column, 'grams'), 'r', (file) => {
    const possible = new Uint8Array(stride).fill(0xff);
    for (let at = 2; at < needle.length; at += 1) {
      const line = readAt(file, { from: gramClass(needle[at - 2]!, needle[at - 1]!, needle[at]!) * stride, length: stride });
      for (let byte = 0; byte < stride; byte += 1) possible[byte]! &= line[byte]!;
    }
    return all.filter((block) => ((possible[block >> 3]! >> (block & 7)) & 1) === 1);
  });
}
