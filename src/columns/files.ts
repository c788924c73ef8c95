import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Where bytes are read into. */
export type Scratch = (length: number) => Buffer;

/** Memory that is used again at once: fresh pages cost as much as what is read into them. */
export const createScratch = (): Scratch => {
  let memory = Buffer.alloc(0);
  return (length) => {
    if (memory.length < length) memory = Buffer.allocUnsafeSlow(length + (length >> 2));
    return memory.subarray(0, length);
  };
};

export interface Extent {
  readonly from: number;
  readonly length: number;
}

/** Reads a part of an open file; fails where the file is shorter. Without `scratch` into memory of its own, whose `buffer` is just that. */
export function readAt(file: number, { from, length }: Extent, scratch: Scratch = Buffer.allocUnsafeSlow): Buffer {
  const buffer = scratch(length);
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
