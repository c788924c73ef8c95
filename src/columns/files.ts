import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Reads `length` bytes of an open file from `from` on; fails where the file is shorter. */
export function readAt(file: number, from: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, buffer, done, length - done, from + done);
    if (read === 0) throw new Error('a file of an index is shorter than it was');
    done += read;
  }
  return buffer;
}

export function writeWhole(file: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done);
}

/** Opens a file for as long as `work` takes. */
export function withFile<T>(path: string, flags: 'r' | 'w', work: (file: number) => T): T {
  const file = openSync(path, flags, 0o600);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

export const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
