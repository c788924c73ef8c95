import { closeSync, fstatSync, openSync, rmSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bytesOf, readAt, withFile, writeWhole, type Extent } from './files';
import { linesABlock, partOf, type Part } from './layout';

const pieceBytes = 4 << 20;
const lineFeed = 10;

/** Calls `block` with the bytes of every so many lines of a file, without the last line feed. Gives the number of lines. */
function eachBlock(file: number, block: (bytes: Uint8Array) => void): number {
  const { size } = fstatSync(file);
  let left = Buffer.alloc(0);
  let [lines, inBlock] = [0, 0];
  for (let from = 0; from < size; from += pieceBytes) {
    const bytes = Buffer.concat([left, readAt(file, { from, length: Math.min(pieceBytes, size - from) })]);
    let begin = 0;
    for (let at = left.length; at < bytes.length; at += 1) {
      if (bytes[at] !== lineFeed) continue;
      lines += 1;
      inBlock += 1;
      if (inBlock < linesABlock) continue;
      block(bytes.subarray(begin, at));
      [begin, inBlock] = [at + 1, 0];
    }
    left = bytes.subarray(begin);
  }
  if (inBlock > 0) block(left.subarray(0, -1));
  return lines;
}

/** Compresses a column's `wires` into blocks that are read one by one. Gives the number of lines. */
export function packLines(folder: string, column: number): number {
  const plain = partOf(folder, column, 'wires');
  const from = openSync(plain, 'r');
  const ends: number[] = [];
  let end = 0;
  try {
    return withFile(partOf(folder, column, 'packed'), 'w', (to) => {
      const lines = eachBlock(from, (bytes) => {
        const packed = deflateRawSync(bytes, { level: 1 });
        writeWhole(to, packed);
        ends.push((end += packed.length));
      });
      withFile(partOf(folder, column, 'packed-ends'), 'w', (file) => writeWhole(file, bytesOf(Float64Array.from(ends))));
      return lines;
    });
  } finally {
    closeSync(from);
    rmSync(plain, { force: true });
  }
}

/** Reads single lines; the last block is at hand, for neighbours are often asked for together. */
export function createPackedLines(read: (part: Part, extent: Extent) => Buffer): (line: number) => string {
  let [known, lines]: [number, string[]] = [-1, []];
  return (line) => {
    const block = Math.floor(line / linesABlock);
    if (block !== known) {
      const begin = block === 0 ? 0 : read('packed-ends', { from: (block - 1) * 8, length: 8 }).readDoubleLE();
      const end = read('packed-ends', { from: block * 8, length: 8 }).readDoubleLE();
      lines = inflateRawSync(read('packed', { from: begin, length: end - begin }))
        .toString('utf8')
        .split('\n');
      known = block;
    }
    const text = lines[line % linesABlock];
    if (text === undefined) throw new Error('a line of an index is not where it should be');
    return text;
  };
}
